using EdgeEnforcement.IngestService.Door.Admission;
using EdgeEnforcement.IngestService.Door.Http;
using EdgeEnforcement.IngestService.Door.Streams;
using EdgeEnforcement.IngestService.Door.Upload;
using EdgeEnforcement.IngestService.Media;
using Grpc.HealthCheck;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EdgeEnforcement.IngestService.Door;

internal static class DoorModule
{
    // A whole chunk and the fields around it.
    private const int MaxUploadMessageBytes = (int)ManifestShape.ChunkBytes + 4096;

    /// <summary>Needs the ledger's faces, the fleet projection's <c>IProducerKeys</c> and the media store.</summary>
    public static IServiceCollection AddDoor(this IServiceCollection services)
    {
        services.AddOptions<DoorOptions>().BindConfiguration(DoorOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<DoorMetrics>();
        services.AddSingleton<IPeerIdentity, LoopbackPeerIdentity>();
        services.AddSingleton<ProducerRegister>();
        services.AddSingleton<EnvelopeAdmission>();
        services.AddSingleton<QuarantineQuota>();
        services.AddSingleton<RecordIntake>();
        services.AddSingleton<HelloHandler>();
        services.AddSingleton<ReportStreamParts>();
        services.AddSingleton<ReportDoor>();
        services.AddSingleton<EnrolmentDoor>();
        services.AddSingleton<MediaVaultDoor>();
        services.AddGrpc(grpc => grpc.Interceptors.Add<DoorInterceptor>())
            .AddServiceOptions<MediaVaultDoor>(vault => vault.MaxReceiveMessageSize = MaxUploadMessageBytes);
        services.AddGrpcReflection();
        return services;
    }

    public static void MapDoor(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<ReportDoor>();
        routes.MapGrpcService<EnrolmentDoor>();
        routes.MapGrpcService<MediaVaultDoor>();
        routes.MapGrpcService<HealthServiceImpl>();
        routes.MapGrpcReflectionService();
        routes.MapHttpDoor();
    }
}
