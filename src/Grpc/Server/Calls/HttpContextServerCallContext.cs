using System.IO.Pipelines;
using Grpc.AspNetCore.Server.Routing;
using Grpc.Core;
using Grpc.Framing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// One served call: what service code sees of it, and its beginning and end.
/// Ends in one of three ways: service code returns or throws (<see cref="EndAsync"/>), the deadline passes first (<see cref="Expire"/>: the
/// status is sent at once, service code is told by its token and may take its time), or the client leaves (Kestrel aborts the request).
/// </summary>
internal sealed class HttpContextServerCallContext : ServerCallContext, IDisposable
{
    private readonly CallOptionsSnapshot _options;
    private readonly IMethod _method;
    private readonly ResponseGate _gate = new();
    private readonly TaskCompletionSource _expired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CallDeadline? _deadline;
    private Task _expiry = Task.CompletedTask;
    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private AuthContext? _authContext;
    private bool _arrivedLate;
    private bool _wrote;

    public HttpContextServerCallContext(HttpContext http, IMethod method, CallOptionsSnapshot options)
    {
        HttpContext = http;
        _method = method;
        _options = options;
        Writer = new MessageFrameWriter(http.Response.BodyWriter, options.MaxSendBytes);
    }

    public HttpContext HttpContext { get; }

    /// <summary>Only between <see cref="BeginWrite"/> and <see cref="EndWrite"/>.</summary>
    public MessageFrameWriter Writer { get; }

    /// <summary>Null when requests are not compressed.</summary>
    public MessageDecoder? Decoder { get; private set; }

    /// <summary>The transport said so, a moment before or after the request's token does.</summary>
    public bool IsClientGone { get; set; }

    /// <summary>While service code runs, only the deadline can have ended the call.</summary>
    public bool IsDeadlinePassed => _arrivedLate || _gate.IsEnded;

    protected override string MethodCore => _method.FullName;

    protected override string HostCore => HttpContext.Request.Host.Value ?? "";

    protected override string PeerCore => PeerAddress.Format(HttpContext.Connection);

    protected override DateTime DeadlineCore => _deadline?.Instant ?? DateTime.MaxValue;

    protected override CancellationToken CancellationTokenCore => _deadline?.Token ?? HttpContext.RequestAborted;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadRequestHeaders();

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => _authContext ??= ClientCertificateIdentity.Read(HttpContext.Connection);

    /// <summary>Reads what the request says about the call itself.</summary>
    /// <exception cref="RpcException">The call cannot be served as asked.</exception>
    public void Begin()
    {
        if (HttpContext.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        if (HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        HttpContext.Response.ContentType = GrpcProtocol.ContentType;

        Decoder = CallEncoding.OfRequests(HttpContext, _options);
        Writer.Encoder = CallEncoding.OfResponses(HttpContext, _options);
        _deadline = CallDeadline.Read(HttpContext, _options.Time);
        if (_deadline.Remaining <= TimeSpan.Zero)
        {
            _arrivedLate = true;
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "The deadline had passed when the call arrived."));
        }

        _deadline.Start(_options.Time, Expire);
    }

    public void BeginWrite()
    {
        _gate.BeginWrite();
        _wrote = true;
    }

    public void EndWrite() => _gate.EndWrite();

    /// <summary>Ends the call unless the deadline did; afterwards nothing touches the response any more.</summary>
    public async Task EndAsync(Status status)
    {
        if (_gate.TryEnd() == ResponseGate.Ending.TooLate)
        {
            await _expired.Task;
            await _expiry;
        }
        else if (Writer.IsBroken)
        {
            _options.Logger.StreamBroken(_method.FullName);
            Reset(GrpcProtocol.ResetInternalError);
        }
        else if (!IsClientGone && !HttpContext.RequestAborted.IsCancellationRequested)
        {
            SendStatus(status);
        }
    }

    public void Dispose() => _deadline?.Dispose();

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        BeginWrite();
        try
        {
            if (HttpContext.Response.HasStarted || Writer.UnflushedBytes > 0)
                throw new InvalidOperationException("The response headers have been sent.");
            foreach (var entry in responseHeaders)
            {
                if (entry.Key == GrpcProtocol.EncodingRequestKey)
                    Writer.Encoder = CallEncoding.OfResponses(HttpContext, _options, entry.Value);
                else if (!MetadataHeaders.IsReserved(entry.Key))
                    HttpContext.Response.Headers.Append(entry.Key, MetadataHeaders.ToHeaderValue(entry));
            }

            await HttpContext.Response.BodyWriter.FlushAsync(CancellationToken.None);
        }
        finally
        {
            EndWrite();
        }
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options)
    {
        options ??= ContextPropagationOptions.Default;
        return new ContextPropagationToken(
            options.IsPropagateDeadline ? Deadline : null, options.IsPropagateCancellation ? CancellationToken : CancellationToken.None);
    }

    private Metadata ReadRequestHeaders()
    {
        var metadata = new Metadata();
        foreach (var (key, values) in HttpContext.Request.Headers)
        {
            foreach (var value in values)
                MetadataHeaders.AddReceived(metadata, key, value ?? "");
        }

        return metadata;
    }

    /// <summary>On the timer's thread, while service code may be anywhere.</summary>
    private void Expire()
    {
        var ending = _gate.TryEnd();
        if (ending == ResponseGate.Ending.TooLate)
            return;
        _expiry = ExpireAsync(ending);
        _expired.SetResult();
    }

    /// <summary>The status first, then the token: service code that falls over its token must not find the response half ended.</summary>
    private async Task ExpireAsync(ResponseGate.Ending ending)
    {
        try
        {
            _options.Logger.DeadlineExceeded(_method.FullName);
            if (ending == ResponseGate.Ending.MineDuringWrite || Writer.IsBroken)
            {
                // The write waits for a client that does not read; no status would reach it either.
                Reset(GrpcProtocol.ResetCancel);
            }
            else
            {
                SendStatus(new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded"));
                await HttpContext.Response.CompleteAsync();
                Reset(GrpcProtocol.ResetNoError); // The client need not send the rest of its stream.
            }
        }
        catch (Exception exception)
        {
            _options.Logger.ExpiryFailed(_method.FullName, exception);
        }
        finally
        {
            _deadline?.Cancel();
            HttpContext.Request.BodyReader.CancelPendingRead();
        }
    }

    private void SendStatus(Status status)
    {
        var trailers = _responseTrailers ?? Metadata.Empty;
        if (!_wrote && !HttpContext.Response.HasStarted && status.StatusCode != StatusCode.OK)
            ResponseStatus.SendAlone(HttpContext.Response, status, trailers);
        else
            ResponseStatus.AppendTrailers(HttpContext.Response, status, trailers);
    }

    private void Reset(int code) => HttpContext.Features.Get<IHttpResetFeature>()?.Reset(code);
}
