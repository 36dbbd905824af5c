from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Invoice",
            fields=[
                ("id", models.AutoField(primary_key=True)),
                ("resident", models.CharField(max_length=80)),
                ("shift", models.CharField(max_length=40)),
                ("hours", models.PositiveIntegerField()),
                ("rate", models.PositiveIntegerField()),
                ("paid", models.BooleanField(default=False)),
            ],
        ),
    ]
