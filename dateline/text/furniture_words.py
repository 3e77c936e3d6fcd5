"""Words that pages say of themselves: to sign up, to share, to read on, to comment, to pay.

Typed from the buttons and prompts of the 218 saved news pages of the Fundus fixtures whose gold is
complete (some forty languages and outlets, MIT), the kinds of word, never a name of an outlet.
"""

from __future__ import annotations

_ENGLISH = """
account accounts advert advertise advertisement advertising adverts app apps article author
bookmark browser categories category click code codes columnist comment commenting comments
commission contact contributor cookie cookies copyright correspondent deals disclaimer
disclosure discount discounts donate donation download editor email emails e-mail exclusive
facebook follow following free gallery here image images inbox instagram journalism journalist
latest licence license linkedin listen log login logout membership menu more newsletter
newsletters next offer offers opinion our photo photos please podcast policy popular posted
premium previous print privacy published read reading recommended reddit register registered
related reply reporter reserved rights save search share shares sharing sign signed skip
sponsored staff stories story subscribe subscribed subscriber subscribers subscribing
subscription support tag tags tap telegram terms topic topics trending trial tweet twitter
unlimited updated updates upgrade us video videos view voucher watch whatsapp writer your
youtube
"""
_GERMANIC = """
abo abonnement abonnent abonnenten abonnieren abonniere anmelden anzeige artikel bild bilder
datenschutz einloggen jetzt kommentar kommentare kommentieren lesen link mehr melden newsletter
quelle redaktion registrieren schlagworte schlagwörter startseite teilen thema themen uhr weiter
weiterlesen werbung abonneer delen lees reacties annons annonser annonse dela del læs les läs
logga prenumerera prenumerant
"""
_ROMANCE = """
abonné abonnés abonnement abonner commentaire commentaires compte connecter identifiez
inscription inscrire lecture lire message messages modifié appareil offres partager publicité
publié réservé sélections comentar comentario comentarios compartir correo iniciar leer noticias
publicado publicidad registrarse regístrate sesión suscribirse suscriptor suscriptores
suscríbete abbonamento abbonati accedi commenti condividi iscriviti leggi pubblicità assinante
assinar assinatura comentários compartilhe inscreva leia publicidade
"""
_SLAVIC = """
czytaj komentarz komentarze reklama subskrypcja udostępnij zaloguj komentáře sdílet číst
комментарии комментариев комментарий подписаться подпишитесь поделиться реклама фото читайте
коментарі підписатися підписуйтесь поділитися
"""
PAGE_WORDS = frozenset(f"{_ENGLISH} {_GERMANIC} {_ROMANCE} {_SLAVIC}".split())
"""About 260 words, small letters."""
