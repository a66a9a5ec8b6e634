"""The plan of a state that does not exist, small enough to break one word at a time."""

PLAN = """\
id: prairie-2031
version: 1
state: PR
title: {en: Prairie plan, es: Plan de la Pradera}
source: The council of Prairie
adopted: 2031-05-02
areas:
  - letter: A
    title: {en: Water, es: Agua}
    objective: {en: Nobody drowns., es: Nadie se ahoga.}
  - letter: B
    title: {en: Fire, es: Fuego}
    objective: {en: Nothing burns., es: Nada se quema.}
outputs:
  - id: A-O1
    title: {en: Swimming taught, es: Natación enseñada}
    meaning: {en: Every pupil swims., es: Cada alumno nada.}
    kind: percentage
    unit: school
    alt_unit: district
    class: open
    measure: swimming_taught
    version: 1
    from_year: "2031-32"
    until_year: null
    thresholds: {min_pupils: 90}
    second_lines:
      - key: diving
        label: {en: Diving too, es: También buceo}
    not_applicable: {en: There is no water., es: No hay agua.}
    source: attestation
    good_direction: up
    asks:
      - key: water
        kind: yes_no
        label: {en: Is there water, es: Hay agua}
        required: true
      - key: where
        kind: choice
        label: {en: Where do they swim, es: Dónde nadan}
        choices:
          - key: lake
            label: {en: In a lake, es: En un lago}
          - key: no
            label: {en: Nowhere, es: En ninguna parte}
            counts: false
        required: true
        only_if: {water: true}
      - key: pupils
        kind: share
        label: {en: Share who swim, es: Parte que nada}
        required: true
        only_if: {where: [lake]}
  - id: B-O1
    title: {en: Fires, es: Incendios}
    meaning: {en: How many fires., es: Cuántos incendios.}
    kind: count
    unit: state
    alt_unit: null
    class: open
    measure: fires
    version: 1
    from_year: "2031-32"
    until_year: "2040-41"
    thresholds: {}
    second_lines: []
    not_applicable: null
    source: records
    good_direction: down
    asks: []
recommendations:
  - id: A-S1
    text: {en: Build pools., es: Construir piscinas.}
    outputs: [A-O1]
  - id: A-L1
    text: {en: Teach swimming., es: Enseñar a nadar.}
    outputs: [A-O1]
    next_step: {en: Find a teacher., es: Busque a quien enseñe.}
resources:
  - area: B
    name: {en: A bucket, es: Un cubo}
    organisation: Prairie fire service
    address: null
    basis: recalled
notes:
  - number: 1
    title: {en: Wind, es: Viento}
    text: {en: It blows., es: Sopla.}
crosswalk:
  - source: Water Act 7
    outputs: [A-O1]
    from: 2031-07-01
    until: 2032-06-30
    requires: {en: Pupils swim., es: Los alumnos nadan.}
    basis: seen
"""
