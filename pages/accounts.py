"""账号: who may sign in; add, give a new password, disable, enable."""

import streamlit as st

from ui.account_forms import accounts_table, draw_change, draw_given, draw_new
from ui.html import page_header
from ui.locale import t
from ui.panels import panel
from ui.session import known_accounts, scope

PIXELS = 972

scope()
found = list(known_accounts().values())
st.html(page_header(t("page.accounts"), [t("accounts.context")]))
listed, side = st.columns([15, 10])
with listed, panel("accounts", PIXELS):
    st.html(accounts_table(found))
with side, panel("account", PIXELS):
    draw_given()
    draw_new(found)
    draw_change(found)
