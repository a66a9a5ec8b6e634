"""Two people where the policy asks for two: somebody asks, somebody else who may do it too agrees, and it is done."""
