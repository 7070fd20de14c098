namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>How a period is counted: the law's 日 is working days in some places (APL art. 85) and calendar days in others.</summary>
internal enum DeadlineUnit
{
    Hours,
    WorkingDays,
    CalendarDays,
    Months,
    Years,
}
