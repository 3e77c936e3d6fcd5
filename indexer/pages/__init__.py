"""HTML pages: what they state, and which lines of them are the article. Pure.

A page is read in two steps: `stating` and `describing` take what it says of its article beside the
text, as it comes in; `extraction` finds the article's lines, in a worker, where a page that breaks
a parser costs only itself.
"""

HTML = "text/html"
"""The media type of a page whose article is still to be found: its body is the whole source."""
