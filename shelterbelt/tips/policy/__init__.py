"""Who may do what with tips. Which tips exist for somebody is row security's answer, not these files'."""
