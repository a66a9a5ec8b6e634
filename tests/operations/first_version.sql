-- A few rows of every table, as the first landed version kept them: invented, and loaded by test_upgrade.py.
set session_replication_role = replica;

insert into access_auditentry (id, at, actor, reason, request, verb, thing, thing_id, org_id, before, after) values
('1', '2026-11-24 13:00:48.391312+00', 'system:demonstration', 'load the demonstration', '', 'insert', 'orgs_org', '1', '1', NULL, '{"id": 1, "city": "", "kind": "state", "name": "Missouri", "sector": "", "address": "", "service": "", "website": "", "latitude": null, "state_id": null, "closed_on": null, "longitude": null, "low_grade": "", "opened_on": "1900-01-01", "precision": "", "high_grade": "", "postal_code": "", "region_system": ""}'),
('1429', '2026-11-24 13:00:49.135558+00', 'system:demonstration', 'load the demonstration', '', 'insert', 'orgs_jurisdiction', '1', '174', NULL, '{"id": 1, "org_id": 2, "from_on": "1900-01-01", "until_on": null, "agency_id": 174}'),
('2', '2026-11-24 13:00:48.404527+00', 'system:demonstration', 'load the demonstration', '', 'insert', 'orgs_identifier', '1', '1', NULL, '{"id": 1, "value": "29", "org_id": 1, "scheme": "fips", "within_id": null}'),
('2126', '2026-11-24 13:00:49.221585+00', 'system:demonstration', 'load the demonstration', '', 'insert', 'people_person', '1', NULL, NULL, '{"id": 1, "name": "Myron Rowholm", "email": "myron.rowholm@state.example.org", "phone": "555-361-0001", "language": "en", "is_active": true, "last_login": null}'),
('3564', '2026-11-24 13:00:49.41024+00', 'system:demonstration', 'load the demonstration', '', 'insert', 'people_appointment', '1', '1', NULL, '{"id": 1, "office": "state_office", "org_id": 1, "from_on": "2019-08-01", "until_on": null, "person_id": 1, "appointed_by_id": null}'),
('386', '2026-11-24 13:00:48.755503+00', 'system:demonstration', 'load the demonstration', '', 'insert', 'orgs_membership', '1', '2', NULL, '{"id": 1, "axis": "troop", "from_on": "1900-01-01", "group_id": 119, "until_on": null, "member_id": 2}'),
('5009', '2026-11-24 13:00:49.527984+00', 'system:demonstration', 'load the demonstration', '', 'insert', 'drills_drill', '8cf90bf1-8b57-4dcc-ad84-078b24bd722c', '145', NULL, '{"id": "8cf90bf1-8b57-4dcc-ad84-078b24bd722c", "kind": "fire", "place": "", "staff": 54, "nature": "drill", "origin": "form", "status": "held", "held_on": "2026-04-28", "minutes": 13, "summary": "", "students": 544, "visitors": 0, "debriefed": null, "plan_part": "none", "school_id": 145, "strengths": "The new signs in the hallways helped visitors.", "planned_on": null, "started_at": "09:05:00", "ems_present": false, "recorded_at": "2026-05-15T20:05:00+00:00", "requirement": "", "completed_on": "2026-05-15", "fire_present": false, "improvements": "Rosters in the art room were out of date.", "is_announced": false, "accommodations": "Nobody needed any.", "incident_class": "", "recorded_by_id": 39, "parents_told_on": null, "plan_part_other": "", "cancelled_because": "", "law_enforcement_present": false, "simulated_with_students": null, "emergency_management_present": false}'),
('5194', '2026-11-24 13:00:49.562976+00', 'system:demonstration', 'load the demonstration', '', 'insert', 'drills_invitation', '1', '145', NULL, '{"id": 1, "came": true, "drill_id": "ce7966e8-7060-468a-b3a9-697ec855922d", "agency_id": 672, "school_id": 145}'),
('5226', '2026-11-24 13:00:49.632271+00', 'system:demonstration', 'load the demonstration', '', 'insert', 'drills_correctiveaction', '9bd93ce9-b05d-4fd6-9327-d1fa389e3a40', '145', NULL, '{"id": "9bd93ce9-b05d-4fd6-9327-d1fa389e3a40", "what": "Practice the library''s headcount with the librarian", "owner": "Assistant principal", "due_on": "2026-05-20", "done_on": "2026-05-14", "outcome": "Done.", "drill_id": "a9ea7d04-cc20-4d91-9aca-3bab7025b41f", "school_id": 145}'),
('5249', '2026-11-24 13:00:50.17073+00', 'system:demonstration', 'load the demonstration', '', 'insert', 'attestations_attestation', '602e0358-9a3e-43cf-905a-8add4ae39afb', '145', NULL, '{"id": "602e0358-9a3e-43cf-905a-8add4ae39afb", "year": 2025, "level": 1, "org_id": 145, "output": "B-O2", "answers": {"trained_staff": 8}, "made_on": "2026-03-06", "about_id": null, "statement": "", "made_by_id": 38, "document_id": null, "replaced_on": null, "reviewed_on": null, "output_version": 1, "reviewed_by_id": null, "reviewed_level": null}'),
('5525', '2026-11-24 13:00:50.198409+00', 'system:demonstration', 'load the demonstration', '', 'insert', 'attestations_designation', '89cba292-bdbf-4c3c-ac04-9d9bffab8fbd', '1', NULL, '{"id": "89cba292-bdbf-4c3c-ac04-9d9bffab8fbd", "duty": "state_safety_coordinator", "level": 4, "order": "Executive Order 19-04", "holder": "Office of School Safety, first coordinator", "org_id": 1, "from_on": "2019-08-01", "until_on": "2023-02-01", "made_by_id": 1, "document_id": null}'),
('5530', '2026-11-24 13:00:50.208059+00', 'system:demonstration', 'load the demonstration', '', 'insert', 'attestations_progress', '8958767e-dfce-4e41-b102-3377fde36201', '1', NULL, '{"id": "8958767e-dfce-4e41-b102-3377fde36201", "due_on": null, "org_id": 1, "status": "in_place", "made_on": "2026-04-23", "evidence": "Discussed with responders; notes are kept at the office.", "made_by_id": 1, "document_id": null, "next_action": "", "replaced_on": null, "recommendation": "A-S1"}'),
('5664', '2026-11-24 13:02:06.610385+00', 'system:demonstration', 'rows of the first version', '', 'insert', 'documents_document', '0b1f6c52-9c1e-4c55-9a52-0d5b1f2f7a10', '171', NULL, '{"id": "0b1f6c52-9c1e-4c55-9a52-0d5b1f2f7a10", "name": "Fire drill sheet.pdf", "size": 1840, "org_id": 171, "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "added_at": "2026-10-02T14:03:11+00:00", "keep_until": "2031-10-02", "added_by_id": 123, "content_type": "application/pdf"}'),
('5665', '2026-11-24 13:02:06.614507+00', 'system:demonstration', 'rows of the first version', '', 'insert', 'drills_attachment', '1', '171', NULL, '{"id": 1, "drill_id": "2f5dc691-c467-429f-8c1f-325b7ba9de52", "school_id": 171, "document_id": "0b1f6c52-9c1e-4c55-9a52-0d5b1f2f7a10"}'),
('5666', '2026-11-24 13:02:06.618109+00', 'system:demonstration', 'rows of the first version', '', 'insert', 'attestations_reminder', '7f3d9b1c-3a49-4d1f-8f6a-52f0f3c1ad77', '168', NULL, '{"id": "7f3d9b1c-3a49-4d1f-8f6a-52f0f3c1ad77", "year": 2026, "org_id": 168, "output": "D-O4", "asked_at": "2026-11-03T15:00:00+00:00", "mailed_at": "2026-11-03T15:00:20+00:00", "mailed_to": 2, "sent_by_id": 1}'),
('5667', '2026-11-24 13:02:06.61962+00', 'system:demonstration', 'rows of the first version', '', 'insert', 'orgs_formername', '1', '171', NULL, '{"id": 1, "name": "Old Linden School", "org_id": 171, "until_on": "2023-07-01"}'),
('5668', '2026-11-24 13:02:06.620737+00', 'system:demonstration', 'rows of the first version', '', 'insert', 'orgs_formeropening', '1', '171', NULL, '{"id": 1, "org_id": 171, "closed_on": "2015-07-01", "opened_on": "2001-07-01"}'),
('5670', '2026-11-24 13:02:06.628274+00', 'system:demonstration', 'rows of the first version', '', 'insert', 'orgs_directoryimport', '1', '1', NULL, '{"id": 1, "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", "status": "loaded", "profile": "nces_schools", "state_id": 1, "file_name": "ccd_sch_029.csv", "rows_done": 2412, "stored_as": "", "rows_total": 2412, "started_at": "2026-08-01T12:00:00+00:00", "started_by": "person:1", "finished_at": "2026-08-01T12:01:30+00:00", "effective_on": "2026-07-01", "closes_missing": false}'),
('882', '2026-11-24 13:00:48.992145+00', 'system:demonstration', 'load the demonstration', '', 'insert', 'orgs_enrolment', '1', '145', NULL, '{"id": 1, "year": 2025, "basis": "invented", "org_id": 145, "students": 561}');

insert into attestations_attestation (id, output, output_version, year, answers, statement, level, made_on, replaced_on, reviewed_level, reviewed_on, about_id, document_id, made_by_id, org_id, reviewed_by_id) values
('2426dfa8-8cc3-4fae-a0aa-f2ec823dd316', 'I-O2', '1', '2025', '{"all_topics": true, "staff_share": 77, "training_held": true}', '', '1', '2026-06-15', NULL, NULL, NULL, NULL, NULL, '123', '171', NULL),
('6fe1ba21-3c97-4361-b3ca-ee3aaea3115c', 'F-O3', '1', '2025', '{"attended": 0, "conference_held": true}', '', '1', '2025-09-28', NULL, '3', '2025-10-31', NULL, NULL, '31', '159', '1'),
('70c45c6c-ed89-4410-b593-0ceaee2c0316', 'D-O1', '1', '2025', '{"score": 82, "plan_in_force": true, "adopted_in_year": true, "critical_item_failed": false}', '', '1', '2025-12-22', NULL, NULL, NULL, NULL, NULL, '128', '172', NULL),
('87f0d3cc-c322-4da6-8e23-53ca3b3a43f6', 'I-O3', '1', '2026', '{"attended": false}', '', '1', '2026-10-04', NULL, NULL, NULL, '127', NULL, '123', '171', NULL),
('f2282555-aeba-46b7-84c7-fd27c5832106', 'B-O3', '1', '2025', '{"trained_staff": 5}', '', '1', '2026-04-02', NULL, NULL, NULL, NULL, NULL, '128', '172', NULL);

insert into attestations_designation (id, duty, holder, "order", level, from_on, until_on, document_id, made_by_id, org_id) values
('89cba292-bdbf-4c3c-ac04-9d9bffab8fbd', 'state_safety_coordinator', 'Office of School Safety, first coordinator', 'Executive Order 19-04', '4', '2019-08-01', '2023-02-01', NULL, '1', '1');

insert into attestations_progress (id, recommendation, status, evidence, next_action, due_on, made_on, replaced_on, document_id, made_by_id, org_id) values
('1acdec23-6408-4ace-b637-de816640a192', 'A-S2', 'not_started', '', 'Name who sees to it', '2026-12-28', '2026-10-18', NULL, NULL, '1', '1'),
('8958767e-dfce-4e41-b102-3377fde36201', 'A-S1', 'in_place', 'Discussed with responders; notes are kept at the office.', '', NULL, '2026-04-23', NULL, NULL, '1', '1');

insert into attestations_reminder (id, output, year, asked_at, mailed_at, mailed_to, org_id, sent_by_id) values
('7f3d9b1c-3a49-4d1f-8f6a-52f0f3c1ad77', 'D-O4', '2026', '2026-11-03 15:00:00+00', '2026-11-03 15:00:20+00', '2', '168', '1');

insert into django_session (session_key, session_data, expire_date) values
('1w9f0m6v8q2y3x5z7b4n6m8k0j2h4g6f', '.eJxVjDsOwjAQBe_iGln-Zk1Jzxmi9XodO4BsyU4qxN2JpRTQvpl5bzHjvpV573GZ1yAuwojT7-aRHrEOEO5Yb01Sq9u6ejkUedAuby3E5_Vw_w4K9jJqICTjNVuTsmOCCaIK7NBGJEWYNUTWOTp3TtFbS2SVZQTQARzb7MTnCw8cOLA:1vKxyz:sample', '2026-11-21 03:00:00+00');

insert into documents_document (id, name, content_type, size, sha256, added_at, keep_until, added_by_id, org_id) values
('0b1f6c52-9c1e-4c55-9a52-0d5b1f2f7a10', 'Fire drill sheet.pdf', 'application/pdf', '1840', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', '2026-10-02 14:03:11+00', '2031-10-02', '123', '171');

insert into drills_attachment (id, document_id, school_id, drill_id) values
('1', '0b1f6c52-9c1e-4c55-9a52-0d5b1f2f7a10', '171', '2f5dc691-c467-429f-8c1f-325b7ba9de52');

insert into drills_correctiveaction (id, what, owner, due_on, done_on, outcome, school_id, drill_id) values
('3e5e9765-11d2-48b8-b7fd-694a6f578a31', 'Go through the announcement with all staff', 'Principal', '2026-02-28', NULL, '', '172', '61053683-becd-471c-8039-d58cc7c585fc'),
('9bd93ce9-b05d-4fd6-9327-d1fa389e3a40', 'Practice the library''s headcount with the librarian', 'Assistant principal', '2026-05-20', '2026-05-14', 'Done.', '145', 'a9ea7d04-cc20-4d91-9aca-3bab7025b41f'),
('e51fe35c-6230-456a-976f-8e7915371d5a', 'Update rosters in all go-kits each month', 'Principal', '2026-03-12', '2026-03-13', 'Done by maintenance.', '171', '733f7aa3-8b74-45e0-a7ef-09ffc4288ec7'),
('f5cf0cd3-790d-414f-901b-64dbfe4cd4ca', 'Agree on bus parking with the fire district', 'Safety coordinator', '2026-02-20', '2026-02-04', 'Done and tried out in the next drill.', '145', '8d809adb-c6a3-49c9-9758-e343a35664d9');

insert into drills_drill (id, nature, kind, incident_class, status, requirement, planned_on, held_on, started_at, minutes, is_announced, plan_part, plan_part_other, place, students, staff, visitors, law_enforcement_present, fire_present, ems_present, emergency_management_present, accommodations, parents_told_on, simulated_with_students, debriefed, summary, strengths, improvements, completed_on, cancelled_because, origin, recorded_at, recorded_by_id, school_id) values
('1c0d6440-ad5e-4c00-9bba-4cf5ffb11d85', 'drill', 'tabletop', '', 'held', '', '2025-12-02', '2025-12-02', '09:00:00', '103', 'true', 'active_shooter', '', '', '0', '6', '0', 'false', 'true', 'false', 'false', 'Nobody needed any.', NULL, NULL, NULL, '', 'Older students helped the youngest.', 'The go-kit lacked this year''s class lists.', '2025-12-02', '', 'form', '2025-12-02 20:05:00+00', '128', '172'),
('26e1aeed-adc6-41dd-b386-c38d8fb098cd', 'drill', 'tornado', '', 'held', 'msip-tornado', '2025-08-29', '2025-09-03', NULL, NULL, NULL, 'shelter', '', '', NULL, NULL, NULL, 'false', 'true', NULL, NULL, '', NULL, NULL, NULL, '', '', '', NULL, '', 'form', '2025-09-08 20:05:00+00', '56', '149'),
('2f5dc691-c467-429f-8c1f-325b7ba9de52', 'drill', 'hold', '', 'held', '', '2025-08-20', '2025-08-20', '08:00:00', '18', 'true', 'security', '', '', '101', '15', '2', NULL, NULL, 'false', 'false', '', NULL, NULL, NULL, '', '', '', NULL, '', 'form', '2025-08-23 20:05:00+00', '124', '171'),
('61053683-becd-471c-8039-d58cc7c585fc', 'drill', 'fire', '', 'held', '', '2026-01-03', '2026-01-09', '08:35:00', '10', 'false', 'evacuation', '', '', '114', '15', '0', 'false', 'false', 'false', 'false', 'Nobody needed any.', NULL, NULL, NULL, '', 'Older students helped the youngest.', 'Radio talk was hard to follow; use plain words.', '2026-01-28', '', 'form', '2026-01-28 20:05:00+00', '128', '172'),
('733f7aa3-8b74-45e0-a7ef-09ffc4288ec7', 'drill', 'tornado', '', 'held', '', '2026-02-11', '2026-02-11', '08:20:00', '18', 'true', 'none', '', '', '102', '17', '4', 'false', 'false', 'false', 'false', 'A quiet room was kept ready.', NULL, NULL, NULL, '', 'The backup assembly point worked well.', 'The hallway by the kitchen was crowded.', '2026-03-12', '', 'form', '2026-03-12 20:05:00+00', '124', '171'),
('758161db-da20-47ad-9446-41c1a828bdd5', 'drill', 'tornado', '', 'held', '', '2025-09-22', '2025-09-22', '12:50:00', '13', 'false', 'shelter', '', '', '102', '16', '3', 'false', 'false', 'false', 'false', 'The evacuation chair was used on the stairs.', NULL, NULL, NULL, '', 'The new signs in the hallways helped visitors.', 'The bus lane blocked the fire lane.', '2025-09-22', '', 'form', '2025-09-22 20:05:00+00', '124', '171'),
('8d809adb-c6a3-49c9-9758-e343a35664d9', 'drill', 'secure', '', 'held', '', '2025-11-21', '2025-11-21', '11:00:00', '15', 'true', 'security', '', '', '517', '59', '2', 'false', 'false', 'false', 'false', 'Two students were told beforehand and walked with an aide.', NULL, NULL, NULL, '', 'Teachers took their rosters with them.', 'The bus lane blocked the fire lane.', '2025-11-27', '', 'form', '2025-11-27 20:05:00+00', '39', '145'),
('8f703a1f-04f2-42bd-a578-9d6ae7ad2564', 'drill', 'lockdown', '', 'held', 'plan-another-part', '2025-08-20', '2025-08-20', '09:15:00', '20', 'true', 'lockdown', '', '', '114', '16', '2', 'false', 'false', 'false', 'false', 'Two students were told beforehand and walked with an aide.', NULL, NULL, NULL, '', 'Responders found the right door at once.', 'Two classroom doors didn''t lock from inside.', '2025-08-26', '', 'form', '2025-08-26 20:05:00+00', '128', '172'),
('a9ea7d04-cc20-4d91-9aca-3bab7025b41f', 'drill', 'secure', '', 'held', '', NULL, '2026-04-01', '09:55:00', '17', 'false', 'security', '', '', '510', '61', '3', 'false', 'false', 'false', 'false', 'The evacuation chair was used on the stairs.', NULL, NULL, NULL, '', 'The backup assembly point worked well.', 'The meeting point is too near the road.', '2026-04-16', '', 'form', '2026-04-16 20:05:00+00', '39', '145'),
('b5e9b154-7b00-4e6e-9789-6e22f77150bf', 'drill', 'tornado', '', 'held', '', '2025-09-08', '2025-09-08', '10:25:00', '9', 'false', 'shelter', '', '', '99', '14', '0', 'false', 'false', 'false', 'false', '', NULL, NULL, NULL, '', '', '', NULL, '', 'form', '2025-09-10 20:05:00+00', '124', '171'),
('ce7966e8-7060-468a-b3a9-697ec855922d', 'drill', 'lockdown', '', 'held', 'plan-another-part', '2026-03-19', '2026-03-24', '13:50:00', '20', 'false', 'lockdown', '', '', '515', '56', '1', 'true', 'false', 'false', 'false', 'Nobody needed any.', NULL, NULL, NULL, '', 'Staff followed the plan without prompting.', 'Radio talk was hard to follow; use plain words.', '2026-03-30', '', 'form', '2026-03-30 20:05:00+00', '39', '145');

insert into drills_invitation (id, came, agency_id, drill_id, school_id) values
('1', 'true', '672', 'ce7966e8-7060-468a-b3a9-697ec855922d', '145'),
('2', 'true', '673', '26e1aeed-adc6-41dd-b386-c38d8fb098cd', '149');

insert into orgs_directoryimport (id, profile, file_name, sha256, stored_as, effective_on, status, rows_total, rows_done, report, started_at, finished_at, started_by, state_id, closes_missing) values
('1', 'nces_schools', 'ccd_sch_029.csv', '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae', '', '2026-07-01', 'loaded', '2412', '2412', '{"added": 12, "problems": []}', '2026-08-01 12:00:00+00', '2026-08-01 12:01:30+00', 'person:1', '1', 'false');

insert into orgs_enrolment (id, year, students, basis, org_id) values
('38', '2025', '107', 'invented', '171'),
('39', '2026', '109', 'invented', '171'),
('40', '2025', '119', 'invented', '172'),
('41', '2026', '120', 'invented', '172');

insert into orgs_formername (id, name, until_on, org_id) values
('1', 'Old Linden School', '2023-07-01', '171');

insert into orgs_formeropening (id, opened_on, closed_on, org_id) values
('1', '2001-07-01', '2015-07-01', '171');

insert into orgs_identifier (id, scheme, value, org_id, within_id) values
('1', 'fips', '29', '1', NULL),
('309', 'nces_private', 'X2900003', '171', NULL),
('310', 'nces_private', 'X2900004', '172', NULL),
('312', 'own', 'demonstration', '1', NULL);

insert into orgs_jurisdiction (id, from_on, until_on, agency_id, org_id) values
('1', '1900-01-01', NULL, '174', '2');

insert into orgs_membership (id, axis, from_on, until_on, group_id, member_id) values
('352', 'county', '1900-01-01', NULL, '97', '168'),
('393', 'county', '1900-01-01', NULL, '3', '171'),
('394', 'district', '1900-01-01', NULL, '168', '171'),
('395', 'county', '1900-01-01', NULL, '110', '172');

insert into orgs_org (id, kind, name, sector, service, region_system, low_grade, high_grade, address, city, postal_code, website, latitude, longitude, precision, opened_on, closed_on, state_id) values
('1', 'state', 'Missouri', '', '', '', '', '', '', '', '', '', NULL, NULL, '', '1900-01-01', NULL, NULL),
('110', 'county', 'Warren County', '', '', '', '', '', '', '', '', '', NULL, NULL, '', '1900-01-01', NULL, '1'),
('145', 'school', 'Tupelo Valley High', 'public', '', '', '09', '12', '170 Tamarack Road', 'Tupelo Valley', '', '', '38.6059', '-90.4442', 'city_centroid', '1900-01-01', NULL, '1'),
('149', 'school', 'Eli Vanville Elementary', 'public', '', '', 'KG', '05', '260 Sumac Drive', 'Tupelo Valley', '', '', '38.5533', '-90.4796', 'city_centroid', '1900-01-01', NULL, '1'),
('159', 'district', 'Pawpaw Bluff R-I', 'public', '', '', '', '', '630 Aspen Highway', 'Pawpaw Bluff', '', 'https://pawpaw-bluff.example.org', '39.2761', '-94.3945', 'city_centroid', '1900-01-01', NULL, '1'),
('168', 'district', 'Diocese of the Prairie Schools', 'non_public', '', '', '', '', '470 Ash Highway', 'Diocese of the Prairie Schools', '', 'https://diocese-of-the-prairie-schools.example.org', '38.5695', '-90.5528', 'city_centroid', '1900-01-01', NULL, '1'),
('171', 'school', 'St. Bridget School', 'parochial', '', '', 'PK', '08', '770 Poplar Road', 'St.', '', '', '40.0375', '-94.8722', 'city_centroid', '2018-07-01', NULL, '1'),
('172', 'school', 'Norell Christian School', 'private', '', '', 'PK', '08', '830 Ash Highway', 'Norell', '', '', '38.7405', '-91.2071', 'city_centroid', '1998-08-20', NULL, '1'),
('174', 'agency', 'Adair County Sheriff''s Office', '', 'law_enforcement', '', '', '', '260 Dogwood Lane', 'Adair County', '', '', '40.17', '-92.601', 'city_centroid', '1900-01-01', NULL, '1'),
('2', 'county', 'Adair County', '', '', '', '', '', '', '', '', '', NULL, NULL, '', '1900-01-01', NULL, '1'),
('3', 'county', 'Andrew County', '', '', '', '', '', '', '', '', '', NULL, NULL, '', '1900-01-01', NULL, '1'),
('672', 'agency', 'Tupelo Valley Police Department', '', 'law_enforcement', '', '', '', '510 Aspen Road', 'St. Louis County', '', '', '38.62', '-90.523', 'city_centroid', '1900-01-01', NULL, '1'),
('673', 'agency', 'Tupelo Valley Fire Protection District', '', 'fire', '', '', '', '180 Tamarack Street', 'St. Louis County', '', '', '38.62', '-90.523', 'city_centroid', '1900-01-01', NULL, '1'),
('97', 'county', 'St. Louis County', '', '', '', '', '', '', '', '', '', NULL, NULL, '', '1900-01-01', NULL, '1');

insert into people_appointment (id, office, from_on, until_on, appointed_by_id, org_id, person_id) values
('1', 'state_office', '2019-08-01', NULL, NULL, '1', '1'),
('125', 'principal', '2025-07-01', NULL, NULL, '171', '123'),
('126', 'school_coordinator', '2025-07-01', '2026-11-02', NULL, '171', '124'),
('127', 'staff', '2025-07-01', NULL, NULL, '171', '125'),
('128', 'staff', '2025-07-01', NULL, NULL, '171', '126'),
('129', 'school_resource_officer', '2025-08-15', NULL, NULL, '171', '127'),
('130', 'principal', '2025-07-01', NULL, NULL, '172', '128'),
('131', 'staff', '2025-07-01', NULL, NULL, '172', '129'),
('132', 'staff', '2025-07-01', NULL, NULL, '172', '130'),
('38', 'superintendent', '2025-07-01', NULL, NULL, '168', '36'),
('39', 'district_coordinator', '2026-05-31', NULL, NULL, '168', '37');

insert into people_person (id, password, last_login, name, email, phone, language, is_active) values
('1', 'pbkdf2_sha256$1000$firstversion$KduW+C/+NuEzjsfjMXLo9nzYnPLnMTWWtqJR+LCm1Ps=', NULL, 'Myron Rowholm', 'myron.rowholm@state.example.org', '555-361-0001', 'en', 'true'),
('123', '!invented', NULL, 'Ira Kelburn', 'ira.kelburn@diocese-of-the-prairie-schools.example.org', '555-543-0123', 'en', 'true'),
('124', '!invented', NULL, 'Flora Lanwall', 'flora.lanwall@diocese-of-the-prairie-schools.example.org', '555-703-0124', 'en', 'true'),
('125', '!invented', NULL, 'Esther Stanhart', 'esther.stanhart@diocese-of-the-prairie-schools.example.org', '', 'en', 'true'),
('126', '!invented', NULL, 'Xavier Kelbridge', 'xavier.kelbridge@diocese-of-the-prairie-schools.example.org', '555-687-0126', 'en', 'true'),
('127', '!invented', NULL, 'Opal Lathbridge', 'opal.lathbridge@diocese-of-the-prairie-schools.example.org', '555-845-0127', 'en', 'true'),
('128', '!invented', NULL, 'Keith Caldrick', 'keith.caldrick@norell-christian-school.example.org', '555-576-0128', 'en', 'true'),
('129', '!invented', NULL, 'Maya Redwall', 'maya.redwall@norell-christian-school.example.org', '555-427-0129', 'en', 'true'),
('130', '!invented', NULL, 'Sonia Sutland', 'sonia.sutland@norell-christian-school.example.org', '555-649-0130', 'en', 'true'),
('31', '!invented', NULL, 'Juan Nashfield', 'juan.nashfield@pawpaw-bluff.example.org', '555-297-0031', 'en', 'true'),
('36', '!invented', NULL, 'Bertha Holtwood', 'bertha.holtwood@diocese-of-the-prairie-schools.example.org', '', 'en', 'true'),
('37', '!invented', NULL, 'Aisha Holville', 'aisha.holville@diocese-of-the-prairie-schools.example.org', '555-971-0037', 'es', 'true'),
('39', '!invented', NULL, 'Roy Stanwall', 'roy.stanwall@tupelo-valley.example.org', '555-793-0039', 'en', 'true'),
('56', '!invented', NULL, 'Keith Barwick', 'keith.barwick@tupelo-valley.example.org', '555-993-0056', 'es', 'true');

insert into procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) values
('1', 'default', 'shelterbelt:attestations.mail_reminder', NULL, '{"reminder": "7f3d9b1c-3a49-4d1f-8f6a-52f0f3c1ad77"}', 'todo', '2030-01-01 00:00:00+00', '0', NULL, '0', 'false', NULL);

select setval(pg_get_serial_sequence('access_auditentry', 'id'), (select max(id) from access_auditentry));
select setval(pg_get_serial_sequence('drills_attachment', 'id'), (select max(id) from drills_attachment));
select setval(pg_get_serial_sequence('drills_invitation', 'id'), (select max(id) from drills_invitation));
select setval(pg_get_serial_sequence('orgs_directoryimport', 'id'), (select max(id) from orgs_directoryimport));
select setval(pg_get_serial_sequence('orgs_enrolment', 'id'), (select max(id) from orgs_enrolment));
select setval(pg_get_serial_sequence('orgs_formername', 'id'), (select max(id) from orgs_formername));
select setval(pg_get_serial_sequence('orgs_formeropening', 'id'), (select max(id) from orgs_formeropening));
select setval(pg_get_serial_sequence('orgs_identifier', 'id'), (select max(id) from orgs_identifier));
select setval(pg_get_serial_sequence('orgs_jurisdiction', 'id'), (select max(id) from orgs_jurisdiction));
select setval(pg_get_serial_sequence('orgs_membership', 'id'), (select max(id) from orgs_membership));
select setval(pg_get_serial_sequence('orgs_org', 'id'), (select max(id) from orgs_org));
select setval(pg_get_serial_sequence('people_appointment', 'id'), (select max(id) from people_appointment));
select setval(pg_get_serial_sequence('people_person', 'id'), (select max(id) from people_person));
select setval(pg_get_serial_sequence('procrastinate_jobs', 'id'), (select max(id) from procrastinate_jobs));