"""Gets, starts and stops a real Elasticsearch on this machine. Standard library only."""
