/**
 * The genres that Genregram knows of itself, written for it: broad ones at the top, kinds of them below. In the format of
 * `parseGenres` (genre-file.ts). A genre that grew out of several has several parents. What a collector wants otherwise goes into a
 * file of one's own.
 */
export const BUILT_IN_GENRES = `
# Genre < parent, parent = other spelling, other spelling

# The broad ones
Blues
Classical = classical music, western classical
Country = country music
Disco
Electronic = electronic music, electronica, electro music
Folk = folk music
Funk
Hip-Hop = hip hop, hiphop, rap, hip-hop/rap, rap/hip hop
Jazz
Latin = latin music, latino
Metal = heavy metal, heavy metal music, classic metal
Pop = pop music
Punk
R&B = rnb, r and b, rhythm and blues, rhythm & blues
Reggae
Rock = rock music
Soul = soul music
Gospel
Ambient
Indie = independent, indie music
World = world music, worldmusic
New Age = newage, new-age music
Easy Listening
Soundtrack = soundtracks, ost, score, film music, original soundtrack, film score
Children's = children, childrens music, kids
Holiday = christmas, christmas music, xmas
Experimental = avant-garde, avantgarde
Spoken Word = spoken, speech, audiobook, spoken word & comedy
Comedy = humour, humor
Religious = religious music, sacred

# Blues
Acoustic Blues < Blues
British Blues < Blues
Chicago Blues < Electric Blues
Country Blues < Acoustic Blues
Delta Blues < Acoustic Blues = mississippi blues
Electric Blues < Blues
Hill Country Blues < Blues
Jump Blues < Blues, R&B
Louisiana Blues < Blues
Memphis Blues < Blues
Piano Blues < Blues
Piedmont Blues < Acoustic Blues
Soul Blues < Blues, Soul
Texas Blues < Electric Blues
Boogie-Woogie < Piano Blues = boogie woogie

# Classical
Baroque < Classical = baroque music
Chamber Music < Classical = chamber
Choral < Classical = choir, choral music
Classical Period < Classical = viennese classic
Contemporary Classical < Classical = modern classical, new music
Early Music < Classical
Gregorian Chant < Medieval, Religious = plainchant
Impressionism < Classical
Lied < Vocal Classical = art song, lieder
Medieval < Early Music = medieval music
Minimalism < Contemporary Classical = minimal music
Neoclassical < Contemporary Classical = neo-classical
Opera < Vocal Classical
Operetta < Opera
Orchestral < Classical = orchestra
Organ Music < Classical
Piano Music < Classical = solo piano, classical piano
Renaissance < Early Music
Romantic < Classical = romantic era, romanticism
Serialism < Contemporary Classical = twelve-tone
String Quartet < Chamber Music
Symphony < Orchestral
Concerto < Orchestral
Vocal Classical < Classical
Wind Band < Classical = concert band, brass band music
March < Wind Band = marches, military music
Waltz < Classical

# Country
Alternative Country < Country, Rock = alt-country, alt country
Americana < Country, Folk = americana music
Bluegrass < Country, Folk
Cajun < Country, Folk
Country Pop < Country, Pop
Country Rock < Country, Rock
Cowboy < Country = cowboy songs
Honky Tonk < Country = honky-tonk
Nashville Sound < Country = countrypolitan
Outlaw Country < Country
Progressive Bluegrass < Bluegrass = newgrass
Red Dirt < Country
Rockabilly < Rock and Roll, Country
Western Swing < Country, Swing
Zydeco < Folk, R&B

# Disco and dance
Eurodisco < Disco = euro disco
Hi-NRG < Disco, Electronic = hi nrg, high energy
Italo Disco < Disco, Electronic = italo-disco
Nu-Disco < Disco, House = nu disco
Post-Disco < Disco = boogie
Dance < Electronic = dance music, electronic dance music, edm, club
Dance-Pop < Dance, Pop = dance pop
Eurodance < Dance = euro dance, euro house

# Electronic
2-Step < UK Garage = 2step
Acid House < House
Acid Techno < Techno
Afro House < House = afrohouse
Bass House < House
Bass Music < Electronic = uk bass
Big Beat < Breakbeat
Big Room < House = big room house
Bitpop < Chiptune, Pop
Breakbeat < Electronic = breaks
Breakcore < Drum and Bass
Chicago House < House
Chillout < Electronic = chill out, chill-out, downtempo chill
Chillwave < Synthpop, Indie
Chiptune < Electronic = chip music, 8-bit, 8bit
Dark Ambient < Ambient
Deep House < House
Detroit Techno < Techno
Downtempo < Electronic = down-tempo
Drill and Bass < Drum and Bass, IDM = drill'n'bass
Drone < Ambient, Experimental
Drum and Bass < Electronic = drum & bass, drum n bass, drum'n'bass, dnb, d&b
Drumstep < Drum and Bass, Dubstep
Dub Techno < Techno, Dub
Dubstep < Bass Music
EBM < Industrial = electronic body music
Electro < Electronic
Electro House < House
Electro Swing < House, Swing = electroswing
Electroclash < Electro
Electronic Rock < Electronic, Rock
Electropop < Synthpop
Footwork < Juke
Freestyle < Electro, Dance
French House < House = filter house
Funky House < House
Future Bass < Bass Music
Future Garage < UK Garage
Gabber < Hardcore Techno = gabba
Garage House < House = us garage
Ghetto House < House
Glitch < Electronic, Experimental
Glitch Hop < Glitch, Hip-Hop
Goa Trance < Trance = goa
Grime < Hip-Hop, UK Garage
Happy Hardcore < Hardcore Techno
Hard House < House
Hard Techno < Techno
Hard Trance < Trance
Hardcore Techno < Techno = hardcore rave, gabber house
Hardstyle < Hardcore Techno
House < Electronic = house music
IDM < Electronic = intelligent dance music, braindance
Indietronica < Electronic, Indie = indie electronic
Industrial < Electronic, Experimental = industrial music
Industrial Techno < Techno, Industrial
Juke < House = chicago juke
Jungle < Drum and Bass
Jungle Terror < Electro House
Kuduro < Dance, African
Liquid Funk < Drum and Bass = liquid drum and bass, liquid dnb
Lo-Fi House < House
Melodic House < House
Melodic Techno < Techno
Microhouse < House, Minimal Techno
Minimal Techno < Techno = minimal
Moombahton < House, Reggaeton
Neurofunk < Drum and Bass
New Beat < Electronic
Noise < Experimental = noise music
Nu Jazz < Jazz, Electronic = nu-jazz, electro jazz
Organic House < House
Progressive House < House
Progressive Trance < Trance
Psybient < Ambient, Psytrance = psychedelic ambient
Psytrance < Trance = psychedelic trance, psy-trance
Rave < Electronic
Schranz < Techno
Space Ambient < Ambient
Speed Garage < UK Garage
Synthpop < Electronic, Pop = synth-pop, synth pop
Synthwave < Electronic = retrowave, outrun
Tech House < House = tech-house
Tech Trance < Trance
Techno < Electronic = techno music
Trance < Electronic = trance music
Trap (EDM) < Bass Music = edm trap
Tribal House < House
Trip-Hop < Downtempo, Hip-Hop = trip hop, triphop
Tropical House < House
Turntablism < Hip-Hop
UK Funky < UK Garage
UK Garage < Electronic = ukg, 2-step garage
Uplifting Trance < Trance = epic trance
Vaporwave < Electronic
Vocal House < House
Vocal Trance < Trance
Wave < Electronic
Witch House < Electronic

# Folk, world, regions
African < World = african music
Afrobeat < African, Funk
Afrobeats < African, Pop = afropop, afro pop
Anti-Folk < Folk, Indie
Appalachian < Folk = old-time, old time music
Arabic < World = arabic music, arabian
Balkan < World = balkan music, balkan brass
Bhangra < Indian
Bollywood < Indian, Soundtrack = filmi
British Folk < Folk = english folk
Carnatic < Indian Classical
Celtic < Folk, World = celtic music
Chanson < Pop, Folk = french chanson, chanson francaise
Contemporary Folk < Folk
Dangdut < World
Desert Blues < African, Blues = tuareg, tishoumaren
Enka < World
Fado < World
Flamenco < World, Latin
Folk Pop < Folk, Pop
Folk Rock < Folk, Rock = folk-rock
Freak Folk < Folk = new weird america
Gamelan < World
Greek < World = laiko, laika
Hawaiian < World
Highlife < African
Hindustani < Indian Classical
Indian < World = indian music
Indian Classical < Indian = raga
Indie Folk < Folk, Indie
Irish Folk < Celtic = irish, irish traditional
Jewish < World = israeli
Juju < African
Kizomba < African
Klezmer < Jewish, Folk
Mbalax < African
Mongolian < World = throat singing
Native American < World
Nordic Folk < Folk = scandinavian folk
Polka < Folk
Pop Folk < Folk, Pop
Protest Song < Folk = protest
Qawwali < World, Religious = sufi
Rai < World, Pop = raï
Schlager < Pop
Scottish Folk < Celtic = scottish
Sea Shanty < Folk = shanty, shanties
Singer-Songwriter < Folk, Pop = singer songwriter
Skiffle < Folk, Rock and Roll
Soukous < African
Traditional Folk < Folk = traditional
Turbo-Folk < Balkan, Pop = turbo folk
Turkish < World = turkish folk
Volksmusik < Folk
Yodel < Folk = yodeling
Zouk < World

# Funk, soul, R&B, gospel
Acid Jazz < Jazz, Funk
Afro-Funk < Funk, African
Alternative R&B < R&B = alternative rnb, pbr&b
Blue-Eyed Soul < Soul = blue eyed soul
Boogaloo < Latin, Soul
Christian < Religious = christian music, ccm, contemporary christian
Christian Rock < Christian, Rock
Contemporary R&B < R&B
Deep Funk < Funk
Doo-Wop < R&B, Pop = doo wop, doowop
Electro-Funk < Funk, Electronic = electro funk
G-Funk < Funk, Hip-Hop = g funk
Go-Go < Funk
Jazz-Funk < Jazz, Funk = jazz funk
Motown < Soul
Neo-Soul < Soul, R&B = neo soul, neosoul
New Jack Swing < R&B, Hip-Hop
Northern Soul < Soul
P-Funk < Funk = p funk
Philly Soul < Soul = philadelphia soul
Psychedelic Soul < Soul
Quiet Storm < R&B
Southern Gospel < Gospel, Country
Southern Soul < Soul = memphis soul
Spirituals < Gospel = negro spirituals
Swamp Blues < Louisiana Blues
Traditional Gospel < Gospel = black gospel
Urban < R&B = urban contemporary
Worship < Christian = praise & worship, praise and worship

# Hip-hop
Abstract Hip-Hop < Hip-Hop
Alternative Hip-Hop < Hip-Hop = alternative rap, alternative hip hop
Boom Bap < East Coast Hip-Hop = boom-bap
Christian Hip-Hop < Hip-Hop, Christian
Cloud Rap < Hip-Hop
Conscious Hip-Hop < Hip-Hop = political hip hop, conscious rap
Crunk < Southern Hip-Hop
Drill < Trap
East Coast Hip-Hop < Hip-Hop = east coast rap
Emo Rap < Hip-Hop, Emo
Gangsta Rap < Hip-Hop = gangsta
Hardcore Hip-Hop < Hip-Hop = hardcore rap
Hyphy < West Coast Hip-Hop
Instrumental Hip-Hop < Hip-Hop
Jazz Rap < Hip-Hop, Jazz
Lo-Fi Hip-Hop < Instrumental Hip-Hop = lofi hip hop, lo-fi beats
Old School Hip-Hop < Hip-Hop = old school rap, old-school hip hop
Phonk < Hip-Hop
Pop Rap < Hip-Hop, Pop
Rap Rock < Hip-Hop, Rock
Southern Hip-Hop < Hip-Hop = dirty south, southern rap
Trap < Southern Hip-Hop = trap music
Underground Hip-Hop < Hip-Hop = underground rap
West Coast Hip-Hop < Hip-Hop = west coast rap

# Jazz
Afro-Cuban Jazz < Latin Jazz = cubop
Avant-Garde Jazz < Jazz, Experimental = avantgarde jazz
Bebop < Jazz = bop
Big Band < Swing
Bossa Nova < Brazilian, Jazz = bossa
Chamber Jazz < Jazz
Contemporary Jazz < Jazz = modern jazz
Cool Jazz < Jazz
Crossover Jazz < Jazz
Dixieland < Traditional Jazz = new orleans jazz
Ethio-Jazz < Jazz, African = ethio jazz
European Jazz < Jazz
Free Improvisation < Experimental
Free Jazz < Avant-Garde Jazz
Gypsy Jazz < Swing = manouche, jazz manouche
Hard Bop < Jazz
Jazz Fusion < Jazz = fusion, jazz-rock, jazz rock
Latin Jazz < Jazz, Latin
Modal Jazz < Jazz
Post-Bop < Jazz = post bop
Ragtime < Jazz
Smooth Jazz < Jazz
Soul Jazz < Jazz, Soul
Spiritual Jazz < Jazz
Stride < Jazz = stride piano
Swing < Jazz
Third Stream < Jazz, Classical
Traditional Jazz < Jazz = trad jazz
Vocal Jazz < Jazz

# Latin, Caribbean, reggae
Axe < Brazilian = axé
Bachata < Latin
Banda < Mexican
Bolero < Latin
Brazilian < Latin, World = brazilian music
Calypso < World
Cha-Cha-Cha < Latin = cha cha
Choro < Brazilian
Cuban < Latin = son cubano
Cumbia < Latin
Dancehall < Reggae
Dub < Reggae
Forro < Brazilian = forró
Funk Carioca < Brazilian, Electronic = baile funk
Latin Pop < Latin, Pop
Latin Rock < Latin, Rock = rock en espanol
Lovers Rock < Reggae
Mambo < Latin
Mariachi < Mexican
Merengue < Latin
Mexican < Latin = regional mexican
MPB < Brazilian = musica popular brasileira
Nueva Cancion < Latin, Folk = nueva canción
Pagode < Samba
Ragga < Dancehall = raggamuffin
Ranchera < Mexican
Reggae Fusion < Reggae
Reggaeton < Latin, Hip-Hop = reggaetón
Rocksteady < Reggae = rock steady
Roots Reggae < Reggae
Rumba < Latin
Salsa < Latin
Samba < Brazilian
Sertanejo < Brazilian
Ska < Reggae
Ska Punk < Ska, Punk = ska-punk
Soca < World, Dance
Steelpan < World = steel drum, steelband
Tango < Latin
Tejano < Mexican = tex-mex
Timba < Cuban
Tropicalia < Brazilian = tropicália
Vallenato < Latin

# Metal
Alternative Metal < Metal, Alternative Rock
Atmospheric Black Metal < Black Metal
Avant-Garde Metal < Metal, Experimental
Black Metal < Extreme Metal
Blackgaze < Black Metal, Shoegaze
Brutal Death Metal < Death Metal
Death Metal < Extreme Metal
Deathcore < Metalcore, Death Metal
Djent < Progressive Metal
Doom Metal < Metal = doom
Drone Metal < Doom Metal, Drone
Extreme Metal < Metal
Folk Metal < Metal, Folk
Funk Metal < Metal, Funk
Glam Metal < Metal = hair metal, pop metal
Goregrind < Grindcore
Gothic Metal < Metal, Gothic Rock
Grindcore < Extreme Metal, Hardcore Punk
Groove Metal < Metal
Industrial Metal < Metal, Industrial
Mathcore < Metalcore
Melodic Death Metal < Death Metal = melodeath
Metalcore < Metal, Hardcore Punk
Neoclassical Metal < Metal
Nu Metal < Alternative Metal = nu-metal
NWOBHM < Metal = new wave of british heavy metal
Pagan Metal < Folk Metal
Post-Metal < Metal, Post-Rock
Power Metal < Metal
Progressive Metal < Metal, Progressive Rock = prog metal
Rap Metal < Metal, Hip-Hop
Sludge Metal < Doom Metal = sludge
Speed Metal < Metal
Stoner Metal < Doom Metal
Symphonic Metal < Metal
Technical Death Metal < Death Metal = tech death
Thrash Metal < Metal = thrash
Viking Metal < Metal

# Pop
Adult Contemporary < Pop
Art Pop < Pop
Baroque Pop < Pop
Britpop < Indie Rock, Pop = brit pop
Bubblegum Pop < Pop = bubblegum
C-Pop < Pop = mandopop, cantopop
Cabaret < Easy Listening
Chamber Pop < Pop, Indie
City Pop < J-Pop
Dream Pop < Indie Pop
Europop < Pop = euro pop
Exotica < Easy Listening
Hyperpop < Pop, Electronic
Indie Pop < Indie, Pop
J-Pop < Pop = jpop, japanese pop
Jangle Pop < Indie Pop
K-Pop < Pop = kpop, korean pop
Lounge < Easy Listening
Musical < Soundtrack = musicals, show tunes, broadway
Noise Pop < Indie Pop, Noise
Pop Punk < Pop, Punk = pop-punk
Pop Rock < Pop, Rock = pop/rock, pop-rock
Power Pop < Pop, Rock
Psychedelic Pop < Pop
Soft Rock < Pop, Rock
Sophisti-Pop < Pop
Sunshine Pop < Pop
Teen Pop < Pop
Traditional Pop < Easy Listening = standards, crooner, great american songbook
Twee Pop < Indie Pop = twee
Yacht Rock < Soft Rock

# Punk
Anarcho-Punk < Punk
Crust Punk < Hardcore Punk = crust
Dance-Punk < Post-Punk, Dance = dance punk
Deathrock < Punk, Gothic Rock
Emo < Punk, Alternative Rock
Folk Punk < Folk, Punk
Garage Punk < Punk, Garage Rock
Hardcore Punk < Punk
Melodic Hardcore < Hardcore Punk
Oi! < Punk = oi
Post-Hardcore < Hardcore Punk
Post-Punk < Punk, Rock = post punk
Proto-Punk < Punk, Garage Rock
Psychobilly < Punk, Rockabilly
Punk Rock < Punk, Rock
Riot Grrrl < Punk
Screamo < Emo, Hardcore Punk
Skate Punk < Punk
Street Punk < Punk

# Rock
Acid Rock < Psychedelic Rock
Acoustic Rock < Rock
Alternative < Rock = alternative music
Alternative Rock < Alternative = alt rock, alt-rock
Album Rock < Rock = aor, arena rock
Art Rock < Rock
Blues Rock < Blues, Rock = blues-rock
British Invasion < Rock
Canterbury Scene < Progressive Rock = canterbury
Classic Rock < Rock
Coldwave < Post-Punk = cold wave
Comedy Rock < Comedy, Rock
Dance-Rock < Rock, Dance = dance rock
Darkwave < Gothic, Electronic = dark wave
Experimental Rock < Rock, Experimental
Funk Rock < Funk, Rock
Garage Rock < Rock
Glam Rock < Rock = glam
Gothic < Rock = goth
Gothic Rock < Gothic = goth rock
Grunge < Alternative Rock
Hard Rock < Rock
Heartland Rock < Rock
Indie Rock < Indie, Alternative Rock
Instrumental Rock < Rock
J-Rock < Rock = japanese rock
Jam Band < Rock = jam bands
Krautrock < Rock, Experimental = kosmische
Lo-Fi < Indie = lofi, lo fi
Madchester < Indie Rock = baggy
Math Rock < Indie Rock
Medieval Rock < Rock, Medieval
Neo-Psychedelia < Psychedelic Rock
Neofolk < Folk, Industrial
New Romantic < New Wave
New Wave < Rock, Pop
No Wave < Post-Punk, Experimental
Noise Rock < Alternative Rock, Noise
Post-Grunge < Alternative Rock
Post-Rock < Rock, Experimental = post rock
Progressive Rock < Rock = prog rock, prog
Psychedelic < Rock = psychedelia
Psychedelic Rock < Psychedelic = psych rock
Rock and Roll < Rock = rock & roll, rock'n'roll, rock n roll
Roots Rock < Rock
Shoegaze < Alternative Rock = shoegazing
Slowcore < Indie Rock = sadcore
Southern Rock < Rock
Space Rock < Psychedelic Rock
Stoner Rock < Hard Rock = desert rock
Surf < Rock = surf rock, surf music
Swamp Rock < Rock
Symphonic Rock < Progressive Rock
Visual Kei < J-Rock

# The rest
Acapella < Vocal = a cappella, a capella
Anime < Soundtrack
Field Recording < Experimental = field recordings
Game Music < Soundtrack = video game music, vgm, game
Healing < New Age = meditation, relaxation
Instrumental < Easy Listening = instrumental music
Karaoke < Easy Listening
Mashup < Electronic = bootleg
Musique Concrete < Experimental = musique concrète, tape music
Nature Sounds < New Age = nature
Poetry < Spoken Word
Radio Drama < Spoken Word = radio play, hörspiel
Sound Art < Experimental = sound collage
Stand-Up < Comedy = stand-up comedy
Vocal < Easy Listening
`;
