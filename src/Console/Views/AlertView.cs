using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Views;

public sealed class AlertView(DeskQueries queries, ErasureFinder erasures)
{
    // The last that was seen of it: an entry that was the alert's, and the ledger's size then. Once it is deleted only this page knows.
    private (string AlertId, ulong Entry, ulong Size)? _seen;

    public AlertDetail? Detail { get; private set; }

    public AlertRow? Row => Detail?.Row;

    /// <summary>The deletion that took the alert while it was on the screen.</summary>
    public ErasureRow? Erasure { get; private set; }

    /// <summary>The service knows no such alert: it never came, or it was deleted, and nothing that is left tells which.</summary>
    public bool Unknown { get; private set; }

    public async Task ReadAsync(string alertId, ulong atLeast, CancellationToken cancellation)
    {
        try
        {
            var detail = await queries.GetAlertAsync(alertId, atLeast, cancellation);
            if (Detail is not null && Detail.Row.AlertId == alertId && detail.ProjectedSize < Detail.ProjectedSize)
                return;
            (Detail, Erasure, Unknown) = (detail, null, false);
            _seen = detail.Timeline.Count > 0 ? (alertId, detail.Timeline[0].EntryIndex, detail.ProjectedSize) : null;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            Detail = null; // what was deleted does not stay on the screen
            Erasure = _seen is { } seen && seen.AlertId == alertId ? await erasures.CoveringAsync(seen.Entry, seen.Size, cancellation) : null;
            Unknown = Erasure is null;
        }
    }
}
