"""What invented reporters, analysts and recipients say. Nobody is named, and nothing hard is told in detail."""

NARRATIVES: dict[str, tuple[str, ...]] = {
    "shooting_threat": (
        (
            "Somebody in our class group chat wrote that nobody should come on Friday. There was a picture "
            "of a gun with it. I don't know if it is real."
        ),
        "A boy in tenth grade says he will shoot up the school. Some people laughed. I did not think it was funny.",
        "There is a post going around about a school shooting tomorrow. I think it names our school.",
    ),
    "planned_attack": (
        ("He showed a friend of mine a list with names and a map of the cafeteria. He said he has a plan."),
    ),
    "gun": (
        "I saw the handle of a gun in a backpack in the parking lot before first hour.",
        "A senior told me there is a gun in his truck. He parks behind the gym.",
    ),
    "knife": ("Someone has a knife in the locker room and shows it to people.",),
    "explosive": ("A kid said on the bus that he knows how to make a bomb and will bring it for the game.",),
    "threat_to_kill": ("She got a message that says he will kill her after practice. She is scared to go.",),
    "suicide": (
        (
            "My friend wrote that she does not want to be here any more and gave her things away. She is "
            "home alone right now."
        ),
        "A boy in my grade said goodbye to everybody online last night. I am worried he will hurt himself.",
        "I don't want to live like this. I don't know whom to tell.",
    ),
    "self_harm": ("My friend hides her arms and I saw cuts. She made me promise not to tell.",),
    "depression": ("He stopped talking to everyone and sleeps in every class. He was not like this last year.",),
    "bullying": (
        "Three girls follow my daughter to the bus each day and call her names. The teacher knows.",
        "They take his lunch and push him into the lockers. It has been going on since September.",
        "Kids make fun of a new student because of how he talks. He eats alone now.",
        "Somebody wrote things about my brother on the wall of the restroom.",
    ),
    "cyberbullying": (
        "There is an account that posts pictures of people from our school and makes fun of them.",
        "A group chat was made just to be mean to one girl. There are forty people in it.",
    ),
    "assault": ("Two students held him down behind the gym. Somebody filmed it.",),
    "fighting": ("There is going to be a fight on Thursday by the bus loop. Everybody talks about it.",),
    "child_abuse": ("A little boy in my class says he is not allowed to eat at home when he is bad. He had bruises.",),
    "sexual_offense": ("A student touches girls in the hallway when it is crowded. He does it every day.",),
    "sexual_images": ("A picture of a girl from ninth grade is being passed around. She did not want that.",),
    "drugs": ("Pills are being sold in the second floor restroom at lunch.",),
    "alcohol": ("They bring vodka in water bottles to the games.",),
    "vaping": ("Everyone vapes in the restroom by the library. You can't go in there.",),
    "runaway": ("She said she will leave tonight and not come back. She has a bag packed.",),
    "vandalism": ("I saw who broke the windows of the greenhouse.",),
    "adult_concern": ("A coach sends private messages to players late at night. It feels wrong.",),
    "other": (
        "A door on the east side does not lock. Anybody can walk in.",
        "A man sits in a car across from the playground each afternoon.",
    ),
}
SPANISH: dict[str, str] = {
    "suicide": "Mi amiga escribió que ya no quiere seguir. Está sola en su casa y no contesta.",
    "bullying": "A mi hijo le quitan el almuerzo y lo empujan en el pasillo. Ya no quiere ir a la escuela.",
    "shooting_threat": "Un muchacho escribió en el grupo que nadie vaya el viernes y puso la foto de un arma.",
    "drugs": "Venden pastillas en el baño del segundo piso.",
    "other": "Una puerta del lado este no cierra. Cualquiera puede entrar.",
}
APART = {
    "spam": "Win a new phone today. Visit our page and enter your number.",
    "test": "This is a test of the tip line by the school. Please disregard.",
    "prank": "The math test is a crime. Please arrest it.",
    "false": "He is planning something terrible. Everybody should know it is him.",
    "out_of_scope": "The street light at the corner by my house has been out for two weeks.",
}
WHERE = (
    "Second floor, by the library",
    "In the parking lot",
    "On bus 14",
    "In a group chat",
    "In the cafeteria",
    "By the gym",
    "",
)
WHEN = ("This morning", "Yesterday after school", "Since September", "Last night", "At lunch every day", "")
WHO = (
    "A boy in tenth grade",
    "Two girls in eighth grade",
    "I only know a nickname",
    "A senior who drives a red truck",
    "",
)
ASKED = (
    (
        "who",
        (
            "Can you tell us who this is about? A first name, a nickname, a grade or a screen name helps. "
            "You need not say who you are."
        ),
    ),
    ("when", "When did this happen, or when is it going to happen? A day and a time help us to act in time."),
)
THANKED = (
    "Thank you for telling us. We have read what you wrote and are acting on it. Keep your code and "
    "look in again tomorrow."
)
REPLIES = (
    "He is in tenth grade and has second lunch.",
    "It was on Tuesday, after the last bell.",
    "I don't want anyone to know that I told.",
    "I only know the nickname that I wrote.",
    "She is with her aunt now. Thank you.",
)
SPANISH_TALK = (
    ("¿Puede decirnos de quién se trata? Un nombre, un apodo o el grado ayudan. No tiene que decir quién es usted."),
    "Está en octavo grado. Gracias por contestar.",
)
NOTES = (
    "Called the front office; the counselor is with the student now.",
    "Same screen name as in a tip of last week.",
    "The line of the school was busy; tried the principal's cell phone.",
    "The post was reported to the platform.",
    "Reporter seems to be a classmate. Nothing said that tells who.",
)
JUDGED = {
    "spam": "Advertising.",
    "test": "The school announced its test by mail.",
    "prank": "Nobody is in danger; the school knows the joke.",
    "false": "The school and the police looked into it; it was made up to hurt somebody.",
    "out_of_scope": "Not about a school; the caller was told whom to ask.",
}
TO_RECIPIENTS = (
    "Please see to the student before the end of the day.",
    "The reporter may be reached once more through us.",
    "Please let us know what the counselor found.",
    "",
)
OUTCOMES = (
    "The counselor met with the student and called home.",
    "We spoke with both families. We keep an eye on it.",
    "Officers went to the home; the person was safe and has support now.",
    "Nobody could tell us more. We told the teachers what to look for.",
    "The restroom is checked each period now.",
    "",
)
BY_REASON = (
    "Nobody answered after three reminders; the district was told.",
    "It could not be told which school is meant.",
    "It was not a tip.",
)
ACTIONS = {
    "school": (
        ("talked_to_student", "parents_told"),
        ("counseling",),
        ("monitoring",),
        ("threat_assessment", "parents_told"),
        ("suicide_assessment", "safety_plan"),
        ("discipline",),
        ("nothing_needed",),
    ),
    "law_enforcement": (
        ("welfare_check",),
        ("investigation",),
        ("threat_assessment",),
        ("parents_told",),
        ("nothing_needed",),
    ),
    "community_support": (("counseling",), ("suicide_assessment", "safety_plan"), ("in_care_already",)),
}
LINKED = "The same post, seen by somebody else."
CHILDREN = ("Avery", "Rowan", "Sky", "Ellis", "Marlow", "Wren", "Linden", "Sage", "Perry", "Arden")
"""First names alone, of nobody."""
