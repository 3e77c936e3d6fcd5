"""What no article alone can know: learned from the evidence of all, applied to each. Pure.

`marks` and `evidence` say what one article shows, `reprints`, `lines` and `names` what all of them
teach, `learning` puts that together, `values` holds it, `applying` applies it.
"""
