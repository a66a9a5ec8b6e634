"""The plan's outputs, asked of the records: who meets each, and every figure that follows from it."""
