namespace EdgeEnforcement.IngestService.Cases.Lifecycle;

/// <summary>What an operator may do to an alert.</summary>
internal enum AlertAct
{
    Acknowledge,
    Close,
    Reopen,
    RegisterLead,
    OpenCase,
}
