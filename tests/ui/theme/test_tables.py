"""The tokens against the design's tables (visual-design.md §2.1 to 2.3): name, light, dark, as they stand there."""

from dataclasses import fields

import pytest

from tocsin.ui.theme import DARK, LIGHT, Tokens

TABLES = """
win             #ECEEF2 #16181D
panel           #F7F8FA #1B1E24
surface         #FFFFFF #22262D
raised          #FFFFFF #2A2F38
canvas          #F3F4F7 #121418
dot             #CDD2DC #2A2F38
line            #DDE1E8 #2E333D
ctl             #7C8598 #6C7587
node            #FFFFFF #262B33
node_line       #828B9D #6C778D
edge            #758094 #7B8598
err_path        #6A5F85 #A99FC4
err_path_soft   #ECE9F3 #2D2A38
text            #1A2030 #E7EAF0
text2           #4C5567 #B0B8C6
text3           #626B7D #929BAC
hover           #E7EAF0 #2A2F38
press           #DADFE8 #343A45
sel             #EBEDFC #2C315A
sel_line        #4C56CF #8F98FF
accent          #4650C8 #5963DD
accent_hover    #3A43B4 #6A74EA
on_accent       #FFFFFF #FFFFFF
accent_text     #3F49C0 #A3ABFF
accent_soft     #E9EBFC #272B4C
problem         #A94A0A #FF9F5E
problem_soft    #FDEADB #452C18
prod            #BE2A26 #FF7B73
prod_soft       #FCE5E3 #4A2423
prod_fill       #BE2A26 #C93A35
env_lab         #2F6F9F #6FB3E3
env_other       #6B6A1E #C9C65A
env_2           #0F6B6B #5CC8C4
env_3           #6A4FA3 #B7A0EE
env_4           #96417E #E58FCB
env_5           #7A5230 #D9B08C
env_6           #3F5C8C #93B4E8
world1          #7C8598 #6C7587
world2          #E2E6ED #363D49
world3          #4C5567 #B0B8C6
trigger         #7438BF #C79BFF
trigger_soft    #F1E8FC #382A4D
logic           #43536F #AEBDD8
logic_soft      #E6EBF3 #303846
action          #0A706C #56CFC5
action_soft     #DDF3F1 #1D3D3D
human           #AE2C62 #FF92B8
human_soft      #FCE6EF #472938
call            #75521F #DDB881
call_soft       #F6ECDB #3E3323
end             #4A4F5A #B4BAC6
end_soft        #E8EAEE #353A43
queued          #6B7485 #8D96A7
queued_soft     #ECEEF2 #2A2E36
running         #0A6AB2 #58B7FF
running_soft    #DFF0FC #16344D
waiting         #B26A00 #F3B84A
waiting_text    #8A5700 #F3B84A
waiting_soft    #FDF0D3 #42330F
retrying        #A94A0A #FF9F5E
retrying_soft   #FDEADB #452C18
paused          #A01C8C #F084DF
paused_soft     #FBE6F7 #46203F
succeeded       #15764A #4FC78E
succeeded_soft  #DDF4E7 #173A2A
already         #3F6B5A #8FBDA9
already_soft    #E4EEE9 #22332C
would           #45597A #A5B7D6
would_soft      #E6ECF6 #202A3B
tape            #F4B400 #FFC933
tape_ink        #1A2030 #14171F
tape_soft       #FFF3C9 #3A3216
refused_soft    #E0E4EC #343B47
failed          #BE2A26 #FF7B73
failed_soft     #FCE5E3 #4A2423
cancelled       #6B7485 #8D96A7
cancelled_soft  #ECEEF2 #2A2E36
"""
ROWS = [line.split() for line in TABLES.split("\n") if line]


@pytest.mark.parametrize(("name", "light", "dark"), ROWS, ids=[row[0] for row in ROWS])
def test_a_token_is_the_tables(name, light, dark):
    assert (getattr(LIGHT, name), getattr(DARK, name)) == (light, dark)


def test_there_is_no_token_beside_the_tables():
    assert {field.name for field in fields(Tokens)} == {"dark", "strong", *(name for name, _, _ in ROWS)}


def test_the_two_themes_know_which_they_are():
    assert (LIGHT.dark, DARK.dark) == (False, True)
