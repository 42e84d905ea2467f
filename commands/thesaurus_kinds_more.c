/* thesaurus_kinds_more.c - kinds, continued: doctors, body, illnesses, medicines, babies,
 * school, family, work, money, papers, groups, days, feelings, turns of phrase.
 * See thesaurus_kinds.c. */
#include "commands/match_index.h"

#include <stddef.h>

/* clang-format off */
const char *const thesaurus_kinds_more[] = {
    "rheumatologist, orthopaedic > joint, bone, specialist, doctor",
    "neurologist, neurosurgeon > nerve, brain, specialist, doctor",
    "cardiologist, ecg, ekg, echocardiogram, pacemaker, stent, angiogram, defibrillator > "
        "heart, specialist, test",
    "dermatologist, mole check, patch test > skin, specialist, doctor",
    "gynaecologist, gynae, midwife, sonographer > women, pregnancy, specialist, doctor",
    "urologist, nephrologist, renal, dialysis, catheter > bladder, kidney, specialist, doctor",
    "gastroenterologist, colonoscopy, gastroscopy > stomach, bowel, digestion, specialist",
    "endocrinologist > hormone, thyroid, diabetes, specialist",
    "oncologist, macmillan, chemo, radiotherapy, mastectomy > cancer, specialist, treatment",
    "paediatrician, paediatrics, childrens hospital > child, doctor, specialist",
    "psychiatrist, psychologist, counsellor, psychotherapist, camhs, cpn, crisis team, "
        "samaritans > mental, therapist, specialist, support",
    "ophthalmologist, optometrist, optician, specsavers, eye test > eye, sight, specialist",
    "audiologist, hearing test, ear nose and throat, grommets > hearing, ear, specialist",
    "haematologist, immunologist, allergist > blood, immune, specialist",
    "podiatrist, chiropodist > foot, specialist",
    "dietitian, dietician, nutritionist > diet, food, specialist",
    "osteopath, chiropractor, physio, physiotherapist, masseur, masseuse, occupational "
        "therapist, reflexologist > therapist, treatment, specialist",
    "practice nurse, nurse practitioner, walk in centre, minor injuries, registrar, locum, "
        "gp, consultant, matron, medic > doctor, medical, appointment",
    "mri, ct scan, cat scan, xray, x ray, ultrasound, dexa, mammogram, eeg, emg, nerve "
        "conduction, biopsy, lumbar puncture, endoscopy, colonoscopy, spirometry, sleep "
        "study, radiology, radiographer > scan, test, examination",
    "crp, esr, full blood count, fbc, ferritin, tsh, hba1c, rheumatoid factor, anti ccp, "
        "cholesterol, liver function, urine sample, stool sample, swab, pcr, lateral flow, "
        "psa, finger prick, white cells, inflammatory markers > blood, test, result, level",
    "shoulder, elbow, knee, hip, wrist, ankle, knuckle, kneecap, finger joints > joint",
    "calf, thigh, hamstring, bicep, quads, buttock, tendon, ligament, calves > muscle, leg",
    "finger, thumb, wrist, forearm, knuckle, palm, fingertips, grip > hand, arm",
    "thigh, shin, knee, ankle, hamstring, calf, kneecap > leg, limb",
    "toe, heel, instep, big toe, toenail, bunion, plantar, insole, ankle > foot",
    "neck, spine, lumbar, sciatica, tailbone, slipped disc, shoulder blade, sacroiliac > back",
    "skull, scalp, forehead, temples, noggin > head",
    "tummy, abdomen, bowel, colon, intestine, guts > stomach, digestion",
    "airway, windpipe, bronchial, diaphragm > lung, breathing, chest",
    "liver, kidney, pancreas, spleen, gallbladder, gall bladder > organ",
    "eyelid, retina, cornea, cataract, glaucoma, blurry, double vision, short sighted, long "
        "sighted, squint > eye, sight, vision",
    "gums, toothache, wisdom tooth, root canal, crown fell out > teeth, tooth, dentist",
    "throbbing, stabbing, shooting pain, twinge, cramp, tender, achy, niggle, pang, hurting, "
        "excruciating, agonising, burning feeling, hurts to touch > pain, symptom, ache",
    "pins and needles, goes numb, gone numb, feel numb, prickling, tingly, dead arm, zaps, "
        "electric shocks, crawling skin > tingling, nerve, symptom, sensation",
    "puke, vomiting, barf, queasy, retching, throwing up, travel sick > nausea, sick, symptom",
    "shaky, trembling, tremor, the shakes, jerking, fasciculation > muscle, symptom, movement",
    "night sweats, shivering, clammy, feverish, hot and cold > temperature, fever, symptom",
    "pimples, blotchy, hives, welts, blisters, peeling skin, flaky, bumps, spots on, blemish "
        "> skin, rash, symptom",
    "bloating, farting, diarrhoea, constipation, the trots, heartburn, tummy ache, stomach "
        "cramps, loose stools, indigestion, constipated > bowel, stomach, digestion, symptom",
    "peeing, weeing, wet the bed, incontinence, urinating, up to pee > bladder, urine, toilet",
    "racing heart, palpitations, pounding heart, heart flutters > heart, symptom",
    "out of breath, gasping, tight chest, chest tightness, wheezy > breathing, symptom",
    "tinnitus, ringing in my ears, deaf, hard of hearing, muffled, cant hear > hearing, ear",
    "clumsy, dropping things, bumping into things, tripping over, unsteady, wobbly, off "
        "balance, keep falling, stumbling > balance, coordination, fall",
    "muddled, spaced out, forgetful, hazy, scatterbrained, distracted, mind wanders, lose "
        "words, wrong word, word finding, cant concentrate > memory, concentrate, brain",
    "yawning, drowsy, lethargic, sluggish, pooped, whacked, crash out, sapped, burned out, "
        "burnt out, like lead, need to lie down > tired, fatigue, energy, exhausted",
    "creaky, rigid, cant bend, tightness, inflexible, hobble, limping, shuffling, like a "
        "robot, like a plank, cant straighten > stiff, joint, movement, mobility",
    "no grip, cant grip, jelly legs, legs give way, legs like jelly, heavy legs, feeble, "
        "cant open jars, cant lift > weak, strength, muscle",
    "gained weight, weight gain, bmi, overweight, chubby, obese, dress size, belly fat, "
        "getting fat, piling it on > weight, diet",
    "bright lights, glare, loud noises, strong smells, clothing labels, touch me, being "
        "hugged, perfume > sensitive, sensory",
    "asthma, copd, bronchitis, emphysema, pneumonia, chest infection, pleurisy, croup, "
        "cystic fibrosis > lung, breathing",
    "angina, arrhythmia, atrial fibrillation, heart failure, hypertension, high cholesterol, "
        "heart murmur, dvt, blood clot, blood pressure > heart, blood, circulation",
    "epilepsy, parkinsons, multiple sclerosis, motor neurone, neuropathy, huntingtons, "
        "cerebral palsy, trapped nerve, shingles, meningitis > nerve, neurological, brain",
    "arthritis, osteoarthritis, rheumatoid, lupus, gout, osteoporosis, ankylosing "
        "spondylitis, tendonitis, bursitis, carpal tunnel, frozen shoulder, tennis elbow, "
        "psoriatic, hypermobility, ehlers danlos, polymyalgia > joint, condition, similar",
    "fibromyalgia, fibro, cfs, chronic fatigue, long covid, lyme disease, myalgic, pots "
        "syndrome > condition, similar, fatigue, chronic",
    "crohns, colitis, coeliac, ibs, diverticulitis, ulcer, gallstones, hiatus hernia, ibd, "
        "gerd > bowel, digestive, stomach",
    "eczema, psoriasis, acne, rosacea, dermatitis, impetigo, warts, verruca, ringworm, "
        "athletes foot, cold sore, scabies > skin",
    "flu, tonsillitis, strep, norovirus, stomach bug, tummy bug, glandular fever, covid, "
        "chickenpox, measles, mumps, scarlet fever, conjunctivitis, whooping cough, "
        "impetigo, nits, threadworms, sickness bug, slapped cheek, rsv, high temperature > "
        "infection, illness, contagious, infectious",
    "lupus, type 1 diabetes, hashimotos, coeliac, sjogrens, graves disease, rheumatoid, "
        "vasculitis, addisons, myasthenia, multiple sclerosis > autoimmune, immune",
    "bipolar, schizophrenia, ocd, depression, eating disorder, ptsd, psychosis, postnatal "
        "depression, panic attacks, social anxiety, agoraphobia, self harm > mental, mood",
    "autism, adhd, dyslexia, dyspraxia, tourettes, asd, aspergers, neurodiverse, downs "
        "syndrome > special, neurodivergent, disability",
    "leukaemia, lymphoma, melanoma, tumour, carcinoma, sarcoma, myeloma, metastasis, "
        "malignant, benign, in remission, lump > cancer",
    "hypothyroid, underactive thyroid, overactive thyroid, pcos, cushings > hormone, thyroid",
    "anaemia, anaemic, low iron, haemophilia, sickle cell, haemochromatosis, leukaemia > "
        "blood, iron, deficiency",
    "hay fever, dust mites, pet hair, anaphylaxis, epipen, hives, latex, bee sting, lactose "
        "intolerant, wheezing near > allergy, reaction",
    "blind, deaf, amputee, paralysed, cerebral palsy, spina bifida, wheelchair user, hard of "
        "hearing, partially sighted, learning difficulties, downs syndrome, stroke survivor "
        "> disability, disabled, accessible",
    "glandular fever, epstein barr, mono, herpes, hepatitis, lyme, shingles, parasite, "
        "bacteria, candida, covid, flu > infection, virus, cause",
    "car crash, whiplash, childbirth, trauma, head injury, growing up, abuse, shock, "
        "operation > cause, trigger, injury",
    "deadlines, exams, moving house, overwork, money worries, redundancy, arguments, "
        "pressure at work, bereavement, divorce > stress, worry",
    "mould, toxins, fluoride, heavy metals, mercury fillings, pollution, msg, aspartame, e "
        "numbers, preservatives > cause, trigger, environment",
    "dna, gene, mutation, chromosome, carrier, brca, identical twin, 23andme, in the genes, "
        "bloodline > genetic, hereditary, inherited, family",
    "antibodies, white blood cells, cytokines, immune response, swelling, swollen, puffed up "
        "> inflammation, immune",
    "placebo, stem cells, gene therapy, scientists, pharma, double blind, lancet, peer "
        "reviewed, published paper, control group > research, study, trial, evidence",
    "celeb, famous, pop star, footballer, well known > people, common, known",
    "microgynon, yasmin, cerazette, rigevidon, mirena, coil, iud, contraceptive implant, "
        "depo, mini pill, combined pill, marvelon, nexplanon, condom, morning after pill, "
        "birth control, nuvaring > contraception, pill, hormone",
    "hrt, oestrogen, progesterone, testosterone, evorel, oestrogel, thyroxine, "
        "levothyroxine, premarin > hormone, medication, treatment",
    "paracetamol, ibuprofen, aspirin, nurofen, panadol, tylenol, advil, codeine, co codamol, "
        "calpol, naproxen, diclofenac, anadin, solpadeine, aleve, nsaid, motrin > "
        "painkiller, pain relief, medication",
    "morphine, tramadol, oxycodone, fentanyl, oramorph, buprenorphine, methadone, oxycontin, "
        "zomorph, tapentadol, vicodin, hydrocodone, percocet > opioid, painkiller, medication",
    "gabapentin, pregabalin, lyrica, neurontin, lamotrigine, carbamazepine, topiramate, "
        "keppra > nerve, medication, epilepsy",
    "amitriptyline, duloxetine, sertraline, fluoxetine, citalopram, prozac, mirtazapine, "
        "venlafaxine, cymbalta, nortriptyline, escitalopram, paroxetine, ssri, snri, zoloft, "
        "lexapro, trazodone, bupropion > antidepressant, medication, depression",
    "cetirizine, loratadine, piriton, fexofenadine, benadryl, zyrtec, claritin, piriteze, "
        "beconase, chlorphenamine > antihistamine, allergy, medication",
    "sumatriptan, rizatriptan, zolmitriptan, imigran, maxalt, naratriptan, eletriptan > "
        "triptan, migraine, medication",
    "adalimumab, humira, etanercept, enbrel, infliximab, rituximab, methotrexate, "
        "sulfasalazine, hydroxychloroquine, remicade, tocilizumab, secukinumab, stelara, "
        "azathioprine, leflunomide, dmard > biologic, immune, medication",
    "aimovig, ajovy, emgality, erenumab, fremanezumab, botox, candesartan, propranolol, "
        "topiramate, cgrp, rimegepant > preventive, migraine, medication",
    "prednisolone, prednisone, cortisone, hydrocortisone, dexamethasone, kenalog, depo "
        "medrone, cortisol > steroid, medication, injection",
    "amoxicillin, penicillin, doxycycline, clarithromycin, erythromycin, flucloxacillin, "
        "trimethoprim, nitrofurantoin, azithromycin > antibiotic, infection, medication",
    "omeprazole, lansoprazole, gaviscon, rennie, ranitidine, antacid, laxative, senna, "
        "movicol, imodium, buscopan, mebeverine > stomach, medication, digestion",
    "ventolin, salbutamol, symbicort, seretide, fostair, blue inhaler, brown inhaler, "
        "nebuliser, clenil > inhaler, asthma, breathing, medication",
    "metformin, ozempic, wegovy, mounjaro, insulin, gliclazide, semaglutide, tirzepatide, "
        "cgm, blood glucose > diabetes, weight, medication",
    "statin, atorvastatin, simvastatin, ramipril, amlodipine, bisoprolol, losartan, "
        "lisinopril, warfarin, apixaban, clopidogrel, beta blocker, blood thinner, "
        "rivaroxaban > heart, blood, medication",
    "diazepam, valium, lorazepam, temazepam, zopiclone, zolpidem, xanax, melatonin, nytol, "
        "sleeping tablet, sleeping pill, ambien, promethazine > sleep, anxiety, medication",
    "ritalin, concerta, methylphenidate, elvanse, lisdexamfetamine, adderall, atomoxetine, "
        "vyvanse > adhd, medication",
    "quetiapine, olanzapine, risperidone, aripiprazole, lithium, clozapine, haloperidol > "
        "mental, medication",
    "low dose naltrexone, ldn, cbd, cbd oil, medical cannabis, lidocaine, baclofen, "
        "tizanidine, methocarbamol, muscle relaxant > medication, treatment",
    "deep heat, tiger balm, capsaicin, biofreeze, voltarol, arnica, heat rub, e45, sudocrem, "
        "emollient, moisturiser, savlon, germolene > cream, gel, skin",
    "flu jab, covid jab, mmr, bcg, hpv jab, tetanus, pfizer, moderna, astrazeneca, "
        "inoculation, travel jabs, jabbed > vaccine, immunisation",
    "capsule, caplet, lozenge, suppository, infusion, dosette, blister pack, pill box, "
        "tablets, pills > medication",
    "acupuncture, reiki, reflexology, osteopathy, chiropractic, homeopathy, hypnotherapy, "
        "hypnosis, aromatherapy, massage, essential oils, naturopath, shiatsu, tens machine, "
        "dry needling, kinesiology, crystals > alternative, complementary, therapy, treatment",
    "cbt, emdr, dbt, psychotherapy, talking therapies, psychoanalysis, group therapy, "
        "gestalt, counselling > therapy, psychological, mental",
    "hydrotherapy, graded exercise, pain clinic, occupational therapy, speech therapy, music "
        "therapy, art therapy, light therapy, rehab > therapy, treatment, rehabilitation",
    "nerve block, epidural, botox, cortisone injection, knee replacement, hip replacement, "
        "keyhole, arthroscopy, hysterectomy, caesarean, transplant, biopsy, stitches, "
        "anaesthetic > surgery, operation, procedure",
    "heat pad, electric blanket, wheat bag, epsom salts, sauna, hot tub, jacuzzi, hot bath, "
        "heated throw, hot water bottle, hot shower > heat, warm, relief",
    "ice pack, cold shower, ice bath, cryotherapy, cold water swimming, frozen peas, cooling "
        "gel, ice cubes > cold, ice, relief",
    "crutch, cane, zimmer, zimmer frame, rollator, walking frame, mobility scooter, grab "
        "rail, stairlift, perching stool, bath board, hoist, jar opener, walking stick, "
        "wheelchair, motability > aid, mobility, equipment, support",
    "crutch, zimmer, rollator, mobility scooter, walking stick > accessible, disabled",
    "splint, brace, sling, bandage, tubigrip, neck collar, insoles, orthotics, kinesio tape, "
        "corset, strapping, compression gloves, plaster cast > aid, support",
    "hearing aid, hearing loop, subtitles, captions, bsl, sign language, lip reading, "
        "cochlear, induction loop, interpreter > hearing, deaf, accessible",
    "braille, guide dog, white cane, magnifier, large print, screen reader, talking books, "
        "bad eyesight > blind, sight, accessible, visually impaired",
    "sunglasses, specs, spectacles, contact lenses, varifocals > glasses, eye, sight",
    "ramp, disabled toilet, staircase, wide doors, handrail, level access, ground floor, "
        "automatic doors, upstairs, doorstep, steps up > accessible, wheelchair, disabled",
    "period, menopause, perimenopause, menstrual cycle, my cycle, menstruation, ovulation, "
        "hot flush, pms, pmt, pmdd, pcos, endometriosis, fibroids, puberty, hysterectomy, "
        "ovaries > hormone, women",
    "tampon, tampax, sanitary towel, moon cup, mooncup, period pants, sanitary pad > period, "
        "sanitary, toiletries",
    "smear, cervical screening, mammogram, breast screening > women, screening, test",
    "trimester, baby bump, due date, morning sickness, preggers, antenatal, in labour, birth "
        "plan, doula, waters broke, caesarean, ivf, miscarriage, maternity, giving birth > "
        "pregnancy, pregnant, birth, baby",
    "formula, bottle feed, latch, breast pump, expressing milk, mastitis, nipple, "
        "steriliser, sterilise, colic, cluster feeding, aptamil, lactation, tongue tie, "
        "nursing bra > breastfeeding, feed, milk, baby",
    "diaper, dirty nappy, change a nappy, pampers, wet wipes, cloth nappies, sudocrem, "
        "changing mat, changing bag > change, baby, toilet",
    "teething, dummy, pacifier, bonjela, cradle cap, gripe water, drooling > baby, soothe",
    "cot, moses basket, crib, swaddle, night feed, sleep training, sleep regression, night "
        "waking, co sleeping, wont settle, up all night with > sleep, baby, bedtime",
    "pushchair, stroller, pram, travel system, baby carrier, isofix, highchair, play mat, "
        "stair gate, baby monitor, steriliser, booster seat > baby, equipment, item",
    "puree, finger food, baby led, solids, spoon feed, baby rice, sippy cup, first tastes, "
        "six months old > weaning, baby, food, feed",
    "babygrow, sleepsuit, onesie, bodysuit, romper, muslin, bib, bootees > baby, clothes",
    "baby massage, messy play, rhyme time, soft play, stay and play, tumble tots, baby "
        "sensory, ball pit > baby, group, play, toddler",
    "rolling over, crawling, first words, first steps, talking late, not talking yet, not "
        "walking yet, pulling herself up > milestone, development, baby",
    "tantrum, meltdown, naughty, sulking, backchat, misbehave, fussy eater, picky eater, "
        "screaming fit, hitting other > behaviour",
    "netflix, youtube, peppa pig, cbeebies, disney plus, cartoons, xbox, ipad, roblox, "
        "minecraft > screen, television, online",
    "year 1, year one, key stage, year 6, sats, gcse, a levels, sixth form, secondary, "
        "infants, juniors, foundation stage, grammar school, comprehensive, kindergarten, "
        "primary, year 7, reception class > school, class, education",
    "maths, spelling, geography, times tables, reading book, worksheet, coursework, history "
        "project, handwriting, french homework, science > homework, lesson, subject, learn",
    "headteacher, head teacher, principal, teaching assistant, senco, school office, dinner "
        "lady, lollipop lady, class teacher, deputy head > teacher, school, staff, contact",
    "blazer, school shoes, pe kit, polo shirt, pinafore, book bag, name labels, leotard, "
        "school jumper, school tie, scarf > uniform, kit, clothes",
    "ehcp, iep, dyslexia, one to one, additional needs, speech delay, ed psych, sen, senco, "
        "autism > special, support, school",
    "inset day, half term, snow day, training day, easter holidays, summer holidays, "
        "christmas holidays, summer term, six weeks holidays > term, holiday, date, closed",
    "truancy, bunking off, skiving, off school, term time holiday, keep him off, keep her "
        "off, day off school, dentist in school time > absence, attendance, school",
    "breakfast club, after school club, wraparound, childminder, holiday club, nanny, au "
        "pair, creche, playgroup, preschool, babysitter > childcare, child, club",
    "dinner money, school dinners, free school meals, lunchbox, lunch box, hot dinners, tuck "
        "shop, parentpay, packed lunch, canteen > lunch, meal, school",
    "parents evening, sports day, nativity, school play, school trip, residential, assembly, "
        "class photo, world book day, summer fair, school disco > school, event, date",
    "uni, undergraduate, lecture, campus, dissertation, semester, student loan, halls of "
        "residence, phd, degree > student, education, university",
    "teased, picked on, name calling, cyberbullying, left out, called names, mean girls, "
        "pushed around, ganging up, beaten up > bully, report, behaviour",
    "mum, dad, mother, father, gran, nan, nana, grandma, grandad, grandpa, grandmother, "
        "grandfather, uncle, aunt, auntie, sister, brother, cousin, niece, nephew, sibling, "
        "in laws, mother in law, stepmum, stepdad > family, relative, inherited, hereditary",
    "gran, nan, nana, grandma, grandad, grandpa, grandmother, grandfather > grandparent",
    "my son, my daughter, my lad, my boy, my girl, son, daughter, grandson, granddaughter, "
        "grandkids, grandchildren, kiddies, eldest, youngest, stepson, stepdaughter, nephew, "
        "niece, bairn, offspring > child, young, family",
    "hubby, wife, missus, husband, boyfriend, girlfriend, fiance, fiancee, fella, spouse, "
        "civil partner, significant other, better half > partner, family, relationship",
    "divorce, split up, broke up, single parent, single mum, single dad, widow, my ex, "
        "affair, custody > relationship, family, separation",
    "died, lost my mum, lost my dad, lost my husband, lost my wife, ashes, headstone, "
        "condolence, mourning, obituary, widower > bereavement, grief, funeral, death",
    "pal, flatmate, housemate, workmate, bestie, classmate, my friend, colleague, neighbour, "
        "companion > friend, guest, bring",
    "toddler, infant, preschooler, tween, 5 year old, 7 year old, 8 year old, 10 year old, "
        "12 year old, youngster, schoolchild, under 16, under 5, little boy, little girl, "
        "primary age, four year old, six year old > child, young, age",
    "teenager, teen, adolescent, 13 year old, 14 year old, 15 year old, 16 year old, 17 year "
        "old, under 18, young person, schoolkid, sixth former > young, youth, age, child",
    "pensioner, oap, retired, senior citizen, over 60, over 65, 60s, 70s, 80s, 70 year old, "
        "80 year old, octogenarian, old lady, old man, great gran > old, age, elderly, senior",
    "20s, 30s, 40s, 50s, middle aged, over 50, turning 40, turning 50, grown up, over 18, "
        "over 21 > age, adult",
    "blokes, men, male, ladies, females, boys, girls, women > gender, sex",
    "gay, lesbian, trans, transgender, bisexual, queer, lgbt, non binary, nonbinary, ethnic "
        "minority, asian, muslim, immigrant, jewish > welcome, inclusive, diversity, equality",
    "caring for, respite, day centre, care home, nursing home, home help, meals on wheels, "
        "sheltered housing, personal assistant, care package, looking after my mum, looking "
        "after my husband > carer, care, support",
    "waitress, cashier, mechanic, chef, warehouse, call centre, lorry driver, hairdresser, "
        "plumber, office job > job, work, occupation",
    "night shift, shift pattern, nine to five, desk job, occupational health, human "
        "resources, line manager, coworker, workmate, commute, boss, standing all day, heavy "
        "lifting > work, job, employer",
    "phased return, flexitime, flexible hours, access to work, reasonable adjustments, "
        "standing desk, ergonomic chair, shorter days > work, adjustment, employer",
    "dofe, duke of edinburgh, work experience, internship, community service, cv, gap year > "
        "volunteer, experience",
    "payslip, p45, p60, overtime, zero hours, minimum wage, pay rise, national insurance, "
        "final salary > pay, wage, work",
    "quid, fiver, pounds, dollars, euros, bucks, per head, per session, entry fee, going "
        "rate, quote, price tag > cost, price, fee, pay",
    "coins, mastercard, credit card, debit card, apple pay, google pay, paypal, venmo, bacs, "
        "standing order, direct debit, cheque, bank transfer, iban, sort code, monzo, "
        "klarna, sumup, card reader, chip and pin, cash > pay, payment",
    "barclays, lloyds, natwest, hsbc, santander, halifax, building society, nationwide, "
        "current account, savings account, overdraft, mortgage > bank, account, money",
    "universal credit, pip, esa, dla, jsa, jobseekers, housing benefit, carers allowance, "
        "attendance allowance, child benefit, tax credits, income support, pension credit, "
        "dwp, job centre, jobcentre, healthy start, ssp, food stamps, medicaid, social "
        "security, ssdi, on the dole > benefit, allowance, money, claim",
    "mandatory reconsideration, tribunal, turned down, sanctioned, points awarded, assessor, "
        "rejected, refused > appeal, decision, benefit",
    "skint, penniless, low wage, on benefits, unwaged, pensioner, oap, jobless, unemployed, "
        "out of work, under 25, nhs worker, carer > concession, discount, reduced, afford",
    "bequest, legacy, in my will, in memory of, in memoriam, instead of flowers, gift aid, "
        "payroll giving > donate, gift",
    "sponsored walk, cake sale, bake sale, coffee morning, justgiving, gofundme, "
        "crowdfunding, bucket collection, collecting tin, car wash, skydive, tombola, "
        "tabletop sale, london marathon, sponsor me > fundraising, raise, event, money",
    "reimbursed, overcharged, charged twice, chargeback, wrong item, faulty goods, double "
        "payment, paid twice > refund, payment, return",
    "bailiff, red letter, final demand, loan shark, payday loan, credit card bill, "
        "bankruptcy, iva, debt collector, overdrawn, repossessed > debt, money, advice",
    "passport, driving licence, birth certificate, utility bill, bank statement, payslip, "
        "biometric, residence permit, visa, marriage certificate, student card, photo id, ni "
        "number, council tax bill > document, proof, identity, identification",
    "dbs, public liability, risk assessment, coshh, policy number, indemnity, food hygiene, "
        "warranty card, gas certificate, first aid certificate, enhanced check > "
        "certificate, document, insurance, check",
    "premium, underwriter, aviva, no claims, third party, accidental damage, breakage, "
        "income protection, critical illness, smashed a > insurance, cover, liability, damage",
    "permission slip, consent form, paper form, application pack, dotted line, signature, "
        "reply slip, tick box, countersign > form, sign, apply",
    "fit note, sick note, doctors letter, gp letter, med3, medical evidence, discharge "
        "letter, consultants letter, signed off > medical, document, evidence, note",
    "constitution, rule book, bylaws, terms and conditions, small print, code of conduct, "
        "house rules, netiquette, dos and donts, handbook > rule, policy",
    "subject access request, data breach, third party, sell my details, mailing list, "
        "screenshots, end to end, ip address, tracking me, snooping > privacy, data, personal",
    "solicitor, magistrate, lawsuit, sue, legal aid, injunction, small claims, power of "
        "attorney, affidavit, equality act, in court, my rights > legal, rights, advice",
    "photocopying, pirated, illegal download, royalties, prs, plagiarism, copied music, "
        "torrent > copyright, copy, legal, licence",
    "asylum seeker, home office, leave to remain, ukrainian, no recourse, brp, settled "
        "status, deported, refugee > immigration, visa, advice",
    "german, french, spanish, polish, arabic, welsh, urdu, chinese, mandarin, italian, "
        "portuguese, punjabi, ukrainian, hindi, bengali, romanian, somali, turkish, "
        "gujarati, cantonese, russian, japanese, esol > language, translate, english",
    "social worker, health visitor, support worker, key worker, citizens advice, housing "
        "officer, job centre > referral, voucher, support",
    "toothpaste, toothbrush, shampoo, deodorant, soap, shower gel, toilet roll, loo roll, "
        "washing powder, sanitary towels, flannel, shaving foam > toiletries, hygiene, item",
    "999, 112, 911, 111, ambulance, paramedic, a and e, coastguard, fire brigade, fire "
        "engine, casualty, 988, 116 123 > emergency, urgent, help",
    "heart attack, stroke, choking, cardiac arrest, seizure, unconscious, bleeding, burns, "
        "scald, broken bone, drowning, overdose, poisoning, electrocuted, aed, cpr, recovery "
        "position, defibrillator, fitting on the floor > emergency, first aid, accident",
    "domestic violence, coercive, womens refuge, stalking, restraining order, violent, hits "
        "me > abuse, safety, help",
    "next of kin, who to ring, contact details, in case of emergency > emergency, contact",
    "agm, egm, the minutes, quorum, proxy vote, agenda, ballot, nominate, extraordinary "
        "meeting, show of hands > meeting, vote, committee",
    "treasurer, bookkeeper, finance officer > money, committee",
    "chairman, chairperson, chairwoman, secretary, trustee, vice chair, board member, "
        "president, patron > committee, leader, organiser",
    "welfare officer, dsl, inappropriate touching, grooming, child protection, creepy, being "
        "hurt at home > safeguarding, welfare, concern",
    "admin, sysop, whoever runs, the boss here, the owner > moderator, contact",
    "steward, marshal, usher, front of house, tea maker, befriender, shop assistant, walk "
        "leader, sorting donations, delivery driver, litter picking > volunteer, role, help",
    "scouts, cubs, rainbows, beavers, cadets, girlguiding, youth club > youth, group, child",
    "christmas, easter, halloween, diwali, eid, hanukkah, ramadan, new year, valentines, "
        "pancake day, bonfire night, passover, thanksgiving, mothers day, fathers day, good "
        "friday, harvest festival, xmas, chinese new year > holiday, festival, date, event",
    "what month, which month: january, february, march, april, june, july, august, "
        "september, october, november, december",
    "january, february, march, april, june, july, august, september, october, november, "
        "december > month, date, season",
    "what day, which day, weekday, weeknight: monday, tuesday, wednesday, thursday, friday, "
        "saturday, sunday",
    "monday, tuesday, wednesday, thursday, friday, saturday, sunday, weekend, weekday, "
        "weeknight > day, open, hours",
    "summer, autumn, winter, springtime, all year round > season, weather, date",
    "tonight, tomorrow, this week, next week, this weekend, this evening, next month, this "
        "month, tomorrow night > next, date, meeting",
    "7pm, 8pm, 6pm, 5pm, 9am, 10am, 11am, 2pm, 3pm, midday, lunchtime, teatime, afternoon, "
        "half past, quarter past, quarter to, oclock, after tea > time, start, hours",
    "half an hour, an hour, two hours, ten minutes, 20 minutes, 90 minutes, half a day, "
        "couple of hours > long, duration, time",
    "dozen, more than one, more than two, several at once, as many as, ten books, five "
        "items, unlimited, two bags, at a time, too many > limit, maximum, number",
    "xl, extra large, inches, centimetre, millimetre, cm, height, width, dimensions, square "
        "feet, square metres, diameter, how tall, how wide > size, measure",
    "50 guests, 100 people, audience, squeeze in, standing room > capacity, number, seat",
    "bbq, barbecue, picnic, fete, gala, disco, ceilidh, quiz night, bingo, open day, coffee "
        "morning, barn dance, karaoke, race night, street party, tea party, fun day, pub "
        "crawl, reunion, fancy dress, raffle > event, social, party",
    "wedding, birthday party, christening, anniversary, engagement party, baby shower, hen "
        "do, stag do, bar mitzvah, kids party, wedding reception, funeral tea, yoga class, "
        "exercise class > hire, event, book",
    "dedication, christening, naming ceremony, godparent, godmother, godfather, first "
        "communion > baptism, ceremony, baby",
    "vicar, rabbi, imam, reverend, curate, chaplain, bishop, priest > minister, clergy, faith",
    "evensong, communion, eucharist, vespers, sabbath, jummah, friday prayers, shabbat, "
        "sunday service, sermon, liturgy, puja, rosary, bible study, mass > service, worship",
    "catholic, anglican, quaker, muslim, jewish, hindu, sikh, buddhist, agnostic, christian, "
        "protestant, evangelical, pentecostal, non believer, pagan > faith, religion, believe",
    "hijab, turban, headscarf, kippah, modest, shoes off, take my shoes off, veil, cover my "
        "head > dress, wear, clothes",
    "sms, voicemail, voice note, postcard, leaflet, flyer, noticeboard, bulletin, whatsapp, "
        "phone call > contact, message, news",
    "helpdesk, enquiries, switchboard, po box, customer service, answerphone, landline, "
        "email address, phone number, contact form > contact, phone",
    "closing date, expiry, due by, last day, by when, too late, before friday, end of the "
        "month, cut off date, extension > deadline, date, late",
    "weepy, in tears, crying, gloomy, glum, wretched, heartbroken, despairing, grumpy, "
        "irritable, short tempered, sobbing, cry all the time > low, sad, depressed, feeling",
    "panicky, jittery, uptight, frazzled, anxious, tense, frantic, overwhelmed, terrified, "
        "dreading, apprehensive, petrified, hyperventilating > anxiety, stress, worry",
    "ashamed, embarrassed, guilty, awkward, mortified, humiliated, judged, look stupid, feel "
        "silly, uncomfortable, make a fool > nervous, shy, worry",
    "homesick, isolated, nobody to talk to, stuck at home, housebound, bedbound, alone all "
        "day, no one to talk to > lonely, friend, company, social",
    "fuming, livid, seething, hacked off, narked, outraged, insulted > angry, complain, upset",
    "pillow, mattress, duvet, blanket, eye mask, earplugs, blackout curtains, white noise, "
        "weighted blanket, memory foam, sleep tracker, fitbit, pyjamas > sleep, bed, bedtime",
    "siesta, afternoon nap, take a nap, power nap, lie in, oversleep, nightmare, bad dreams, "
        "dreams, sleepwalk, snoring, restless legs, apnoea, insomniac, jet lag, early hours, "
        "3am, 4am, 2am, night owl, unrefreshed, wake up tired > sleep, night, rest",
    "throw out, throw me out, throw someone out, throw people out, boot out, turf out, sling "
        "out, marching orders, sent packing, show someone the door, blacklisted, get rid of "
        "a member, thrown off > expel, ban, remove, exclude",
    "hand back, hand it back, hand in my keys, give back my, relinquish, surrender, give "
        "notice, give it up, move on from, hand over my > return, leave, end, quit",
    "name down, on the list, get in line, next in line, top of the list, be considered, in "
        "the queue, ahead of me > waiting, list, apply, join, register",
    "get my hands on, lay my hands on, where can i get, where do i get, pick one up, come "
        "by, track one down > buy, find, available",
    "nip in, pop along, swing by, drop by, pop round, rock up, look round, show me round, "
        "have a nose, have a look, see it first > visit, attend, tour",
    "ticked off, told off, in the doghouse, in trouble, final warning, three strikes, rap on "
        "the knuckles > rule, warning, behaviour",
    "stump up, settle up, pay up, square up, cough up, my share > pay, payment, money",
    "no show, didnt turn up, not turn up, failed to show, leave in the lurch, cant come, not "
        "able to come, away that week, double booked > absence, miss, cancel, attend",
    "save my place, keep my place, hold my place, lose my place, lose my spot, keep my spot, "
        "guarantee a place > place, reserve, waiting",
    "in tow, bring my sister, bring my wife, bring my husband, bring my mum, bring the "
        "family, bring a pal, with a friend, come with me > guest, visitor, bring, friend",
    "on my tod, just me, know nobody, dont know anyone, wont know anyone, first timer, first "
        "time > new, alone, welcome, beginner",
    "slag off, gossip, rumour, badmouth, talk behind my back, spill the beans, blabbing > "
        "confidential, rule, behaviour",
    "swear, f word, slur, racist joke, rude joke, politics, off topic, banter, spamming, "
        "plug my, self promotion, advertise my, selling stuff > rule, allowed, behaviour",
    "make an exception, bend the rules, get round the rules, just this once, special "
        "treatment, let me off > exception, rule, allowed",
    "on the door, on the day, at the door, without booking, need to book, walk in, just turn "
        "up, turn up on spec, book ahead > booking, ticket, advance",
    "swap my shift, find cover, cover for me, change my slot, cant do my turn, whose turn, "
        "take turns > rota, swap, turn, change",
    "skip a day, miss a day, missed one, forgot to answer, forgot yesterday, missed "
        "yesterday, didnt answer, not answered, skipped > miss, answer, late",
    "one to ten, out of ten, scale of, 1 to 10, out of 10, 0 to 10, emoji, smiley, thumbs up "
        "> scale, answer, number, score",
    "away for a week, going away, be away, be abroad, on my holidays, in hospital for a > "
        "pause, away, break, holiday",
    "taster, sample, trial run, test the water, see if i like it > try, trial, session, free",
    "strings attached, whats the catch, too good to be true > cost, terms, free",
    "bail me out, help me out, give us a hand, give me a hand, struggling > help, support",
    "grown out of, too small now, outgrown, too big for, wrong size > size, exchange, return",
    "fall behind, get behind, behind on, lagging behind, catch up on > late, miss, arrears",
    NULL,
};
/* clang-format on */
