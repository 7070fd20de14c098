using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Door.Streams;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Refusals;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Door.Upload;

/// <summary>Media bytes against a durable manifest (media_vault.proto).</summary>
internal sealed class MediaVaultDoor(MediaStore store, ILedgerProofs proofs, DoorMetrics metrics, ILogger<MediaVaultDoor> log)
    : MediaVault.MediaVaultBase
{
    public override Task<BeginAnswer> Begin(BeginRequest request, ServerCallContext context)
    {
        var manifest = Manifest(request.ManifestIndex);
        if ((store.Room() ?? store.Closed(manifest)) is { } full)
            throw full.ToRpcException();
        var state = store.Begin(manifest);
        var answer = new BeginAnswer
        {
            Generation = state.Generation,
            Window = (uint)store.WindowChunks,
            Stored = state.Stage == UploadStage.Stored || store.HasObject(manifest),
        };
        if (!answer.Stored)
            answer.Missing.AddRange(state.Chunks.Missing());
        return Task.FromResult(answer);
    }

    public override async Task Upload(
        IAsyncStreamReader<UploadRequest> requestStream, IServerStreamWriter<UploadAnswer> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken))
            return;
        var first = requestStream.Current;
        var manifest = Manifest(first.ManifestIndex);
        using var session = store.OpenSession(manifest, first.Generation)
            ?? throw new RefusalDetail(RefusalCode.Fenced, $"generation {first.Generation} is not the newest").ToRpcException();
        try
        {
            await new UploadStream(store, session, metrics).RunAsync(requestStream, responseStream, context.CancellationToken);
        }
        catch (OperationCanceledException) when (session.FencedToken.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            log.UploadFenced(manifest.Index);
            throw session.FencedRefusal().ToRpcException();
        }
        catch (IOException e) when (!context.CancellationToken.IsCancellationRequested)
        {
            // Full or failing disk: what was not flushed was not acknowledged, the sender comes again.
            log.UploadDiskFault(e, manifest.Index);
            throw new RefusalDetail(RefusalCode.Busy, "the store cannot write now").ToRpcException();
        }
    }

    public override async Task<FinishAnswer> Finish(FinishRequest request, ServerCallContext context)
    {
        var outcome = await store.FinishAsync(Manifest(request.ManifestIndex), request.Generation, context.CancellationToken);
        if (outcome.Stored is not { } stored)
            throw outcome.Refusal!.ToRpcException(); // an outcome is exactly one of the two
        return new FinishAnswer
        {
            Receipt = AnswerFormatter.Receipt(stored.Receipt, proofs.Origin, quarantinedAs: null),
            StoredEnvelope = UnsafeByteOperations.UnsafeWrap(stored.Envelope),
        };
    }

    private ManifestFacts Manifest(ulong index)
    {
        var found = store.FindManifest(index);
        return found.Manifest ?? throw found.Refusal!.ToRpcException(); // a lookup is exactly one of the two
    }
}
