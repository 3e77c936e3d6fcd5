"""The librarian's desk: what she decides about names, and what is proposed to her."""
