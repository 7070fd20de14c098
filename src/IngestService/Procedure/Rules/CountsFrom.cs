namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>The instant a period starts at. A deadline of a served document counts from its service, whatever is said here.</summary>
internal enum CountsFrom
{
    /// <summary>When the act was done.</summary>
    Act,

    /// <summary>
    /// When the lead was received, or else the case opened. It begins with the opening; in a file opened before rules said so, with the first act that
    /// starts it. It is not started twice.
    /// </summary>
    Opening,
}
