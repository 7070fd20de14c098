using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Grpc.Reflection;

/// <summary>The standard reflection service: tells tools which services a server has and what their messages look like.</summary>
public class ReflectionServiceImpl : ServerReflection.ServerReflectionBase
{
    private readonly IReadOnlyList<string> _services;
    private readonly SymbolRegistry _symbols;

    /// <summary>About these services.</summary>
    public ReflectionServiceImpl(params ServiceDescriptor[] services)
        : this((IEnumerable<ServiceDescriptor>)services)
    {
    }

    /// <summary>About these services.</summary>
    public ReflectionServiceImpl(IEnumerable<ServiceDescriptor> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var list = services.ToList();
        _services = [.. list.Select(service => service.FullName).Order(StringComparer.Ordinal)];
        _symbols = new SymbolRegistry(list);
    }

    /// <inheritdoc/>
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(responseStream);
        await foreach (var request in requestStream.ReadAllAsync())
        {
            var response = Answer(request);
            response.ValidHost = request.Host;
            response.OriginalRequest = request;
            await responseStream.WriteAsync(response);
        }
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest request) => request.MessageRequestCase switch
    {
        ServerReflectionRequest.MessageRequestOneofCase.ListServices => new ServerReflectionResponse
        {
            ListServicesResponse = new ListServiceResponse { Service = { _services.Select(name => new ServiceResponse { Name = name }) } },
        },
        ServerReflectionRequest.MessageRequestOneofCase.FileByFilename =>
            Files(_symbols.FileByName(request.FileByFilename), $"There is no file '{request.FileByFilename}'."),
        ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol =>
            Files(_symbols.FileBySymbol(request.FileContainingSymbol), $"There is no symbol '{request.FileContainingSymbol}'."),
        ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension
            or ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType =>
            Error(StatusCode.Unimplemented, "Extensions cannot be asked for."),
        _ => Error(StatusCode.InvalidArgument, "The request asks for nothing."),
    };

    private static ServerReflectionResponse Files(FileDescriptor? file, string missing)
    {
        if (file is null)
            return Error(StatusCode.NotFound, missing);
        var files = new FileDescriptorResponse();
        files.FileDescriptorProto.AddRange(SymbolRegistry.WithImports(file).Select(found => found.SerializedData));
        return new ServerReflectionResponse { FileDescriptorResponse = files };
    }

    private static ServerReflectionResponse Error(StatusCode code, string detail) =>
        new() { ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = detail } };
}
