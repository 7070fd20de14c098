using System.Collections.Concurrent;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Grpc.Core;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Centre;

internal sealed class FakeVault(FakeLedger ledger, FakeCentreFaults faults, FakeVault.Shelf shelf) : MediaVault.MediaVaultBase
{
    internal sealed class Shelf
    {
        public ConcurrentDictionary<ulong, ConcurrentDictionary<uint, byte[]>> Files { get; } = [];

        public byte[] Content(ulong manifest) => [.. Files[manifest].OrderBy(c => c.Key).SelectMany(c => c.Value)];
    }

    public override Task<BeginAnswer> Begin(BeginRequest request, ServerCallContext context)
    {
        if (faults.ErasesMedia(Interlocked.Increment(ref faults.Begins)))
            throw new RpcException(
                new Status(StatusCode.NotFound, "ERASED: lawfully deleted"),
                new Metadata { { "refusal-bin", Google.Protobuf.MessageExtensions.ToByteArray(new Refusal { Code = 25, Name = "ERASED", Permanent = true }) } });
        var manifest = ManifestOf(request.ManifestIndex);
        var have = shelf.Files.GetOrAdd(request.ManifestIndex, _ => []);
        var answer = new BeginAnswer { Generation = 1, Window = 1 };
        var chunks = (uint)(manifest.ChunkSha256.Length / 32);
        for (var c = 0u; c < chunks; c++)
            if (!have.ContainsKey(c))
                answer.Missing.Add(new ChunkRange { First = c, Count = 1 });
        return Task.FromResult(answer);
    }

    public override async Task Upload(
        IAsyncStreamReader<UploadRequest> requestStream, IServerStreamWriter<UploadAnswer> responseStream, ServerCallContext context)
    {
        ulong index = 0;
        var first = true;
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var request = requestStream.Current;
            index = first ? request.ManifestIndex : index;
            first = false;
            var expected = ManifestOf(index).ChunkSha256.Span.Slice((int)request.Chunk * 32, 32);
            Assert.True(expected.SequenceEqual(Sha256Hash.Of(request.Content.Span).ToArray()));
            Assert.True(shelf.Files[index].TryAdd(request.Chunk, request.Content.ToByteArray()), "a durable chunk was sent again");
            Interlocked.Increment(ref faults.Chunks);
            if (faults.CutsUploadNow())
                throw new RpcException(new Status(StatusCode.Aborted, "fenced by the test"));
            await responseStream.WriteAsync(new UploadAnswer { DurableChunks = { request.Chunk } });
        }
    }

    public override Task<FinishAnswer> Finish(FinishRequest request, ServerCallContext context)
    {
        var answer = faults.LiesAboutMedia(ledger.Store(request.ManifestIndex, ManifestOf(request.ManifestIndex)));
        Interlocked.Increment(ref faults.Finishes);
        return Task.FromResult(answer);
    }

    private MediaManifest ManifestOf(ulong index) =>
        EnvelopeReader.TryRead(ledger.EnvelopeAt(index), out var opened) && opened.Record is { MediaManifest: { } manifest }
            ? manifest
            : throw new RpcException(new Status(StatusCode.FailedPrecondition, "not a manifest"));
}
