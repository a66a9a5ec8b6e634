"""One file per output of the plan, found by the name that the plan's file gives as `measure`."""
