using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Desk.Queries;

/// <summary>From what is gone to the deletion that took it. Deletions are few: the list is read, newest first, until it is found.</summary>
public sealed class ErasureFinder(DeskQueries queries)
{
    private const uint RowsPerPage = 100;

    public async Task<ErasureRow?> ByDeletionLeafAsync(ulong leafIndex, CancellationToken cancellation)
    {
        await foreach (var row in DoneAsync(cancellation).ConfigureAwait(false))
        {
            if (row.ErasedIndex == leafIndex)
                return row;
        }
        return null;
    }

    /// <summary>The deletion that took an entry which was still there when the ledger had this size.</summary>
    public async Task<ErasureRow?> CoveringAsync(ulong entryIndex, ulong sizeBefore, CancellationToken cancellation)
    {
        await foreach (var row in DoneAsync(cancellation).ConfigureAwait(false))
        {
            if (row.ErasedIndex < sizeBefore)
                continue;
            var detail = await queries.GetErasureAsync(row.ErasureId, 0, cancellation).ConfigureAwait(false);
            if (detail.Items.Any(item => item.EntryIndex == entryIndex))
                return row;
        }
        return null;
    }

    private async IAsyncEnumerable<ErasureRow> DoneAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var token = "";
        do
        {
            var page = await queries.ListErasuresAsync(new ListErasuresRequest { PageSize = RowsPerPage, Page = token }, cancellation).ConfigureAwait(false);
            foreach (var row in page.Rows.Where(row => row.State == ErasureState.Erased))
                yield return row;
            token = page.NextPage;
        }
        while (token.Length > 0);
    }
}
