using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases.Erasure;
using EdgeEnforcement.IngestService.Projections.Media;
using EdgeEnforcement.IngestService.Projections.Runtime;

namespace EdgeEnforcement.IngestService.Tests.Faults;

/// <summary>What an erasure asks of tables and clerk, where there are none: everything is projected at once, no content is promised twice, the clerk stands.</summary>
internal sealed class TablesAtOnce : IProjectionFeed, IMediaQueries, IStandstill
{
    public ulong ProjectedSize => ulong.MaxValue;

    public Task NextMove => Task.CompletedTask;

    public ulong ReadingsSize => ProjectedSize;

    public ValueTask WaitForReadingsAsync(ulong size, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask WaitForAsync(ulong size, CancellationToken cancellation) => ValueTask.CompletedTask;

    public Task<Standstill> BeginAsync(CancellationToken cancellation) => Task.FromResult(new Standstill(0, 1, () => { }));

    public IReadOnlyList<ulong> WithContent(ReadOnlyMemory<byte> sha256) => [];

    public ulong Count() => throw new NotSupportedException();

    public IReadOnlyList<MediaRow> List(ulong before, int count, bool unattachedOnly) => throw new NotSupportedException();

    public IReadOnlyDictionary<ulong, MediaRow> Rows(IReadOnlyCollection<ulong> manifestIndexes) => throw new NotSupportedException();

    public MediaDetail? Find(ulong manifestIndex) => throw new NotSupportedException();
}
