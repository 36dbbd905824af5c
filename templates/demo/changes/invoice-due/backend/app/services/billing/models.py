"""What the clinic owes its residents for extra shifts; served by Django."""

from django.db import models


class Invoice(models.Model):
    resident = models.CharField(max_length=80)
    shift = models.CharField(max_length=40)
    hours = models.PositiveIntegerField()
    rate = models.PositiveIntegerField()
    paid = models.BooleanField(default=False)
    due = models.DateField(null=True)
