using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Refusals;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Door.Upload;

/// <summary>
/// The chunks of one stream. The next message is asked for before the disk is waited on, so that the socket fills while we
/// flush; a flush comes when enough chunks wait for it or no message is ready. A chunk is written from the message it came in.
/// </summary>
internal sealed class UploadStream(MediaStore store, UploadSession session, DoorMetrics metrics)
{
    private readonly UploadAnswer _answer = new();

    /// <summary>Starts with the reader's current message.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<UploadRequest> requests, IServerStreamWriter<UploadAnswer> responses, CancellationToken cancellation)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation, session.FencedToken);
        var more = true;
        while (more)
        {
            var request = requests.Current;
            var next = requests.MoveNext(leaving.Token);
            try
            {
                await TakeAsync(request, responses, leaving.Token);
                if (session.UncommittedCount + _answer.Refused.Count >= store.ChunksPerFlush || !next.IsCompleted)
                    await CommitAsync(responses, leaving.Token);
            }
            catch
            {
                // The read is ours: it is brought to its end before the call is.
                await leaving.CancelAsync();
                await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                throw;
            }
            more = await next;
        }
        await CommitAsync(responses, leaving.Token);
    }

    private async Task TakeAsync(UploadRequest request, IServerStreamWriter<UploadAnswer> responses, CancellationToken cancellation)
    {
        if ((store.Room() ?? session.Accept(request.Chunk, request.Content.Span)) is not { } refusal)
            return;
        metrics.Refused(refusal.Code);
        if (refusal.Code == RefusalCode.ChunkMismatch)
        {
            _answer.Refused.Add(new ChunkRefusal { Chunk = request.Chunk, Refusal = refusal.ToMessage() });
            return;
        }
        // What came before stays good; its sender hears so before the stream ends.
        await CommitAsync(responses, cancellation);
        throw refusal.ToRpcException();
    }

    private async Task CommitAsync(IServerStreamWriter<UploadAnswer> responses, CancellationToken cancellation)
    {
        var (durable, refusal) = session.Commit();
        if (refusal is not null)
            throw refusal.ToRpcException();
        if (durable.Count == 0 && _answer.Refused.Count == 0)
            return;
        metrics.ChunksDurable(durable.Count, durable.Sum(c => (long)session.Manifest.ChunkLength(c)));
        var answer = new UploadAnswer();
        answer.DurableChunks.AddRange(durable);
        answer.Refused.AddRange(_answer.Refused);
        _answer.Refused.Clear();
        await responses.WriteAsync(answer, cancellation);
    }
}
