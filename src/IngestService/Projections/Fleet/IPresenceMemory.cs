namespace EdgeEnforcement.IngestService.Projections.Fleet;

/// <summary>For the door at its start: how every device stood in the ledger when the last run ended.</summary>
internal interface IPresenceMemory
{
    PresenceMemory Remember();
}
