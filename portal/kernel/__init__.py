"""The floor everything stands on: time, ids, database, rights, facts and workflows.

Knows neither Flask nor any feature, so a rule can be tested, scheduled or served without a web request.
"""
