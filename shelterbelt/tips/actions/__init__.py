"""The verbs of tips: the only places that write them."""
