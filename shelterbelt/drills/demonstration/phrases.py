"""What people in the demonstration wrote on the after-action form."""

STRENGTHS = (
    "Every room was accounted for within the time set in the plan.",
    "Staff followed the plan without prompting.",
    "Students moved quickly and stayed quiet.",
    "The announcement was clear and came at once.",
    "Substitutes knew where to find the plan.",
    "Radios worked in every part of the building.",
    "The new signs in the hallways helped visitors.",
    "Teachers took their rosters with them.",
    "The front office locked the entrance within seconds.",
    "Kitchen and maintenance staff took part for the first time.",
    "Responders found the right door at once.",
    "Older students helped the youngest.",
    "The backup assembly point worked well.",
    "The time was better than in the last drill.",
)
IMPROVEMENTS = (
    "The gymnasium couldn't hear the announcement.",
    "Two classroom doors didn't lock from inside.",
    "Rosters in the art room were out of date.",
    "The meeting point is too near the road.",
    "Substitutes had no radio.",
    "It took too long to account for students in the library.",
    "A visitor wasn't told what to do.",
    "The bus lane blocked the fire lane.",
    "The hallway by the kitchen was crowded.",
    "Some teachers waited for a second announcement.",
    "The go-kit lacked this year's class lists.",
    "The portable classrooms were forgotten at first.",
    "Radio talk was hard to follow; use plain words.",
    "Staff need to practice at lunch and between classes.",
)
ACCOMMODATIONS = (
    "Nobody needed any.",
    "Two students were told beforehand and walked with an aide.",
    "The evacuation chair was used on the stairs.",
    "Headphones were offered to students who are sensitive to noise.",
    "An interpreter stayed with the class.",
    "A quiet room was kept ready.",
)
ACTIONS = (
    "Add a loudspeaker in the gymnasium",
    "Have the two door locks repaired",
    "Update rosters in all go-kits each month",
    "Move the assembly point behind the ball field",
    "Give a radio to every substitute",
    "Practice the library's headcount with the librarian",
    "Write a card for visitors at the front desk",
    "Agree on bus parking with the fire district",
    "Go through the announcement with all staff",
    "Add the portable classrooms to the call list",
)
OUTCOMES = (
    "Done and tried out in the next drill.",
    "Done by maintenance.",
    "Done; staff were told at the meeting.",
    "Done.",
)
OWNERS = (
    "Principal",
    "Assistant principal",
    "Maintenance lead",
    "Safety coordinator",
    "School secretary",
    "Head custodian",
)
CANCELLED = (
    "Ice on the roads; school was closed.",
    "State tests that week.",
    "Too many staff were ill.",
    "Heat warning.",
)
THREATS = (
    "A message on social media named the school. Police found no weapon and spoke with the family.",
    "A note in a restroom announced a fight. Staff and the resource officer followed up.",
    "A caller made a threat. The building was secured until police had searched it.",
)
INCIDENTS = (
    "A folding knife was found in a bag and handed to the resource officer.",
    "A fight in the parking lot; two were seen by the nurse.",
    "A pellet pistol was found in a car on the lot. Police took it.",
    "Smoke from the kitchen; the building was cleared until the fire district gave it free.",
)
