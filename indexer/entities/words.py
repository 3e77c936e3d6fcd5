"""Small closed lists, written by hand: each is complete of its kind and names no one.

The long lists (given names, peoples, common words, brands, the gazetteer) are tables.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))


TITLES = _words(
    """
    mr mrs ms mx miss messrs mister madam madame monsieur mme mlle sir dame lord lady baron
    baroness count countess earl viscount duke duchess prince princess king queen emperor
    empress sultan emir emirate sheikh sheik shah tsar czar pharaoh raja maharaja crown dr
    doctor prof professor rev reverend fr father sister brother pastor bishop archbishop
    cardinal pope patriarch metropolitan rabbi imam ayatollah mullah dalai deacon canon vicar
    chaplain saint president premier chancellor minister secretary deputy vice assistant acting
    interim former late governor gov lieutenant-governor senator sen representative rep
    congressman congresswoman assemblyman assemblywoman councillor councilman councilwoman
    alderman mayor commissioner delegate ambassador envoy consul speaker leader chief chairman
    chairwoman chair director boss head prime foreign defence defense interior finance justice
    home attorney solicitor general judge magistrate prosecutor sheriff marshal constable
    inspector insp superintendent supt detective det officer agent warden gen lt ltc col colonel
    maj major capt captain lieutenant sgt sergeant cpl corporal pte pvt private admiral adm
    commodore cmdr commander brig brigadier warlord field petty ceo cfo cto coo pm mp mep msp hon
    honourable honorable coach manager striker midfielder defender goalkeeper forward
    quarterback pitcher driver jockey actor actress singer author writer director-general
    economist analyst spokesman spokeswoman spokesperson dictator tycoon billionaire oligarch
    nurse teacher comrade citizen
    """
)

# Titles that only ever stand before a person.
HONORIFICS = _words(
    """
    mr mrs ms mx miss messrs monsieur mme mlle madame sir dame sen rep gov sgt lt capt cpl dr prof
    rev insp supt det
    """
)

# Offices that stand directly before their holder's name, as often as not in small letters.
OFFICES = _words(
    """
    president premier chancellor minister senator governor congressman congresswoman mayor
    ambassador judge sheriff inspector sergeant lieutenant captain colonel brigadier admiral
    archbishop cardinal bishop pope rabbi ayatollah imam professor doctor king queen prince
    princess sultan emir spokesman spokeswoman spokesperson
    """
)

# Relatives whose name follows, often behind a comma.
KIN = _words(
    """
    wife husband widow widower son daughter mother father sister brother aunt uncle cousin niece
    nephew grandmother grandfather grandson granddaughter fiancee fiance girlfriend boyfriend
    """
)

# What opens a question with a capital; some are given names somewhere.
AUXILIARIES = _words(
    """
    am are can could did do does had has have is may might must shall should was were will would
    """
)

# Articles and saints of other languages: they begin names of places and things.
FOREIGN_ARTICLES = _words(
    "el la las le les lo los il san santa santo sao st saint ste de del da do"
)

PARTICLES = _words(
    """
    van von de del della di da do dos das du des la le el al ul ur bin ibn ben bint abu abd der den
    dem ter ten te tot zu zur zum af av und y e i ap ab ferch mac mc o san st och ou wa al-
    el- d' l'
    """
)

# What may open a sentence, or stand with a capital in a headline, before a name.
FUNCTION_WORDS = _words(
    """
    a an the this that these those and or but nor so yet for if as because since while when where
    who whom whose which what why how not no yes
    in on at by to from with without of off over under about after before against between among
    into onto out up down through during until till near inside outside across along behind beyond
    despite per via amid around like unlike than within upon toward towards besides except
    i you he she it we they me him her us them my your his its our their mine yours hers ours theirs
    is are was were be been being am has have had do does did will would shall should can could may
    might must let
    all any both each every few many more most much other some such same own several another either
    neither only even just also too very still again once here there now then today yesterday
    tomorrow tonight meanwhile however moreover although though unless whether
    one two three four five six seven eight nine ten first second third last next new old
    """
)

# Words that stand before or after a name without belonging to it, with a capital in print.
CALENDAR = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    easter christmas xmas lent advent pentecost ramadan eid hanukkah passover yom kippur diwali
    thanksgiving halloween
    mon tue tues wed thu thur thurs fri sat sun am pm gmt utc bst est edt pst pdt cet
    """
)

GENERATIONS = _words("jr sr junior senior ii iii iv")

# What is printed behind a name and is none of it.
POST_NOMINALS = _words("mp mps mep msp tds md phd kc qc obe mbe cbe kbe frs esq dso dds rn cpa")

# "Smith-led", "London-based": what a hyphen glues to a name without making it another.
GLUED_AFTER = _words(
    """
    administered affiliated aligned allied annexed appointed approved area backed based born
    bound bred brokered built chaired controlled dependent designed directed dominated drafted
    drawn educated era esque facing focused founded friendly funded governed held hosted
    imposed inspired installed issued leaning led like linked listed loving loyal made mediated
    nominated occupied owned registered related ruled run sanctioned sponsored style supported
    sympathetic themed trained type wide wing
    """
)
GLUED_BEFORE = _words("anti pro ex non post pre mid un pan trans cis neo pseudo then")

# Names of states and countries that are given names as often.
PERSONAL_COUNTRIES = _words("chad georgia israel jordan virginia")

# Things that bear a name of their own, often a place's: "the X mine" need not lie in X.
THINGS = _words(
    """
    academy airline airport arena avenue beach block bridge brewery building camp canal capsule
    castle cathedral cemetery chapel choir church cinema clinic club college colliery company
    dam deposit factory farm fc field firm forest fort foundation fund gallery garden gardens
    hall harbour highway hill hills hospital hostel hut institute island islands jail lake lane
    laboratory library lodge mall mill mine mines monastery mosque motorway mount mountain
    mountains museum oilfield palace park peak pier pit plant plaza pool port prison project
    quarry railway ranch range reef refinery reservoir resort restaurant rig river road school
    seminary shaft ship shipyard shoal shrine smelter spring springs square stadium station
    street strait studio studios synagogue tavern temple terminal theatre theater tournament
    tower trail tunnel university vale valley vessel volcano well wells winery yard zoo
    """
)

# How sports clubs begin, before their town.
CLUBS = _words(
    """
    real atletico athletic sporting inter dynamo dinamo lokomotiv spartak torpedo racing deportivo
    fc ac as sc sv rc cd ud olympique borussia hapoel maccabi
    """
)

# How they end, behind their town; words that are surnames as well ("Rivers", "Villa") are not here.
CLUB_ENDINGS = _words(
    """
    albion argyle athletic bears blues broncos bulldogs bulls celtics chargers city county cowboys
    dolphins dons dragons eagles falcons giants hawks hornets hotspur jets kings knights lions
    magpies panthers pirates raiders rangers redskins rhinos rovers royals saints sharks stars suns
    tigers titans town united vikings wanderers warriors wednesday wildcats wizards wolves
    """
)

# What may follow the name of a division or of the land it lies in.
DIVISION_KINDS = _words(
    """
    autonomous canton coast county department desert district governorate highlands krai oblast
    peninsula plateau prefecture province region regional republic state steppe territory valley
    voivodeship
    """
)

# How the registered names of companies end.
COMPANY_ENDINGS = _words(
    """
    inc incorporated ltd limited corp corporation plc co company llc llp lp ag sa nv bv gmbh kg spa
    srl sas sarl se bhd kk oy oyj ab asa pty pte holdings group
    """
)

# Registered forms as they are printed behind a firm's name; in small letters they are words.
REGISTERED_FORMS = _words(
    """
    Inc Incorporated Ltd Limited Corp Corporation Plc PLC plc Co LLC LLP LP AG SA NV BV GmbH KG SpA
    Srl SAS SARL KGaA Bhd KK Oy Oyj ASA Pty Pte AB
    """
)

# Words that head the names of bodies: "Roe Committee", "Ministry of Roe".
ORGANISATION_HEADS = _words(
    """
    academy administration agency alliance army assembly association authority bank board brigade
    brotherhood bureau cabinet chamber church club coalition college commission committee
    confederation conference congress consortium corps council court department directorate
    exchange federation force foundation front fund government guild institute institution
    international league legion ministry mission movement navy network office organisation
    organization orchestra parliament party police regiment secretariat senate service society
    syndicate treasury trust tribunal union university
    """
)

# What lies on a map by its last word, unless a person bears it.
PLACE_HEADS = _words(
    """
    airport archipelago arena avenue ave basin bay beach boulevard bridge canal canyon cape cave
    causeway cemetery cliff cliffs coast cove creek crossing dam delta desert dock docks estuary
    falls fjord forest gardens glacier gorge gulf harbour harbor heights highlands highway hill
    hills island islands isle isles junction lagoon lake lakes lane marina marsh meadow meadows mill
    mills moor motorway mount mountain mountains oasis ocean parish park pass peak peninsula pier
    plain plains plateau plaza pond promontory quay reef reservoir ridge river road rock sea shore
    sound spit square stadium station strait straits street swamp township tunnel turnpike
    valley viaduct village volcano wharf woods
    """
)

# Parties of parliaments where English is spoken, as newspapers call them.
PARTIES = _phrases(
    """
    alp|alliance party|aontu|bloc quebecois|bnp|congress party|conservative party|conservatives|
    democratic party|democratic unionists|democrats|dup|fianna fail|fine gael|gop|green party|
    greens|labor|labor party|labour|labour party|lib dem|lib dems|liberal democrats|liberal party|
    new labour|old labour|plaid|plaid cymru|reform party|reform uk|republican party|republicans|
    scottish national party|scottish nationalists|sdlp|sinn fein|snp|social democrats|tories|tory|
    tory party|ukip|ulster unionists|uup|whigs
    """
)

# Jobs that stand behind a firm, and are no part of what bodies are called.
JOBS = _words(
    """
    analyst ceo cfo chairman chairwoman chief co-founder coo correspondent cto director economist
    editor executive founder manager owner president spokesman spokeswoman strategist treasurer vp
    """
)

# What opens a sentence with a capital before a name.
CONJUNCTIONS = _words("after although and as because before but if once since so though when while")

# Contests, prizes, laws, works, days and devices: what is named and is neither people nor bodies.
EVENT_HEADS = _words(
    """
    accord accords act agreement album anthem anniversary award awards ball battle bill biennale
    book bowl carnival census championship championships charter classic code constitution contest
    convention covenant cup day declaration derby directive doctrine edition election elections era
    eve expo exposition fair festival game games gala gospel grammy hymn index law laws marathon
    masters medal medals meeting memorial month motto movie novel olympics open opera pact parade
    plan poem presidency prix prize prizes protocol rally regatta revolution riot riots season
    series song summit symphony symposium syndrome theorem theory tour tournament treaty trial
    trophy war wars week weekend year
    amendment auction average browser caucus composite disease disorder docs edition exhibition
    finals handicap hypothesis invitational lecture lectures manifesto mini missile missiles
    ordinance playoff playoffs plus pro pros proms ransomware referendum regulation regulations
    rocket rockets show shows spacecraft stakes sweepstakes tax taxes treasuries vaccine
    virus
    """
)

# Units and clocks that are printed in capitals.
UNITS = _words(
    """
    BST CET CEST EDT EST ET GMT PDT PST PT UTC KW MW GW TW KB MB GB TB GHZ MHZ MPH KPH BPD TEU DWT
    CD DVD TV PC ISBN
    """
)

# National and international news agencies, as datelines and credits name them; without those whose
# name is as often a city's, a person's or a common word.
NEWS_AGENCIES = _phrases(
    """
    aap|adnkronos|aki|afp|agence france presse|agencia efe|agerpres|anadolu|anadolu agency|ansa|
    antara|associated press|bernama|bloomberg|bss|cna|cns|dpa|dow jones|efe|fars|fars news|ians|
    interfax|irna|isna|itar tass|jiji|jiji press|kcna|kuna|kyodo|kyodo news|lusa|mehr news|mena|mti|
    novosti|pa media|pap|press association|pti|press trust of india|reuters|ria|ria novosti|ritzau|
    tanjug|tass|tasnim|ukrinform|unian|united press international|upi|wafa|xinhua|yonhap
    """
)
