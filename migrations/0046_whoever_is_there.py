"""实人验证 of somebody who has no account yet, or cannot log in to it: the check belongs to none."""


def up(migrator, db):
    migrator.migrate(migrator.drop_not_null("person_check", "account_id"))


def down(migrator, db):
    db.execute_sql("DELETE FROM person_check WHERE account_id IS NULL")
    migrator.migrate(migrator.add_not_null("person_check", "account_id"))
