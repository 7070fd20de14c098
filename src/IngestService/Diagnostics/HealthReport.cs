using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.IngestService.Diagnostics;

/// <summary>Live: the process answers. Ready: every part says so; a part that cannot answer is not ready.</summary>
internal sealed class HealthReport(IEnumerable<IHealthProbe> probes)
{
    public IResult Answer()
    {
        var parts = new Dictionary<string, object>(StringComparer.Ordinal);
        var ready = true;
        var degraded = false;
        foreach (var probe in probes)
        {
            var finding = Ask(probe);
            ready &= finding.IsReady;
            degraded |= finding.IsDegraded;
            parts[probe.Name] = new { ready = finding.IsReady, degraded = finding.IsDegraded, numbers = finding.Numbers };
        }
        return Results.Json(
            new { live = true, ready, degraded, parts }, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Every part is ready.</summary>
    public bool IsReady() => probes.All(probe => Ask(probe).IsReady);

    private static HealthFinding Ask(IHealthProbe probe)
    {
        try
        {
            return probe.Check();
        }
        catch (Exception e) when (e is LedgerFatalException or InvalidOperationException or ObjectDisposedException)
        {
            // Not open yet, or stopped: exactly what is asked here.
            return new HealthFinding(false, new Dictionary<string, object> { ["reason"] = e.Message });
        }
    }
}
