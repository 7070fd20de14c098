using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.OperatorConsole.Hosting;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Desk.Queries;

/// <summary>What one entry of the ledger says, for a person who decides about it. It proves nothing; proofs are the Proof folder's.</summary>
public sealed class EntryReader(Ledger.LedgerClient ledger, IOptions<ConsoleOptions> options, TimeProvider time)
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.QuerySeconds);

    /// <summary>Null when it is erased, or holds nothing that can be read.</summary>
    public async Task<Record?> ReadAsync(ulong index, CancellationToken cancellation)
    {
        var entry = await ledger.GetEntryAsync(new GetEntryRequest { Index = index },
            new CallOptions(deadline: (time.GetUtcNow() + _patience).UtcDateTime, cancellationToken: cancellation)).ConfigureAwait(false);
        return EnvelopeReader.TryRead(entry.Envelope.Memory, out var opened) ? opened.Record : null;
    }
}
