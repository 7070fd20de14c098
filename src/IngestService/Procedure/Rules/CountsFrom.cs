namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>The instant a period starts at. A deadline of a served document counts from its service, whatever is said here.</summary>
internal enum CountsFrom
{
    /// <summary>When the act was done.</summary>
    Act,

    /// <summary>When the lead was received, or else the case opened. Such a deadline is not started twice.</summary>
    Opening,
}
