def prune(tree): pass
