"""Dateline: messy news text in, a searchable archive with people, places and summaries out."""
