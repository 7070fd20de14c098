using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Desk.Queries;

/// <summary>From what is gone to the deletion that took it. Deletions are few: the list is read, newest first, until it is found.</summary>
public sealed class ErasureFinder(DeskQueries queries)
{
    private const uint RowsPerPage = 100;

    public async Task<ErasureRow?> ByDeletionLeafAsync(ulong leafIndex, CancellationToken cancellation)
    {
        await foreach (var row in RowsAsync(cancellation).ConfigureAwait(false))
        {
            if (row.State == ErasureState.Erased && row.ErasedIndex == leafIndex)
                return row;
        }
        return null;
    }

    /// <summary>The deletion that took an entry which was still there when the ledger had this size.</summary>
    public async Task<ErasureRow?> CoveringAsync(ulong entryIndex, ulong sizeBefore, CancellationToken cancellation)
    {
        await foreach (var row in RowsAsync(cancellation).ConfigureAwait(false))
        {
            if (row.State == ErasureState.Erased && row.ErasedIndex >= sizeBefore && await TakesAsync(row, entryIndex, cancellation).ConfigureAwait(false))
                return row;
        }
        return null;
    }

    /// <summary>Whether a deletion of this entry waits for approval.</summary>
    public async Task<bool> IsAskedForAsync(ulong entryIndex, CancellationToken cancellation)
    {
        await foreach (var row in RowsAsync(cancellation).ConfigureAwait(false))
        {
            if (row.State is ErasureState.Requested or ErasureState.ApprovedOnce && await TakesAsync(row, entryIndex, cancellation).ConfigureAwait(false))
                return true;
        }
        return false;
    }

    private async Task<bool> TakesAsync(ErasureRow row, ulong entryIndex, CancellationToken cancellation) =>
        (await queries.GetErasureAsync(row.ErasureId, 0, cancellation).ConfigureAwait(false)).Items.Any(item => item.EntryIndex == entryIndex);

    private async IAsyncEnumerable<ErasureRow> RowsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var token = "";
        do
        {
            var page = await queries.ListErasuresAsync(new ListErasuresRequest { PageSize = RowsPerPage, Page = token }, cancellation).ConfigureAwait(false);
            foreach (var row in page.Rows)
                yield return row;
            token = page.NextPage;
        }
        while (token.Length > 0);
    }
}
