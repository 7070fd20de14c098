using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Uplink.Grpc;
using EdgeEnforcement.EdgeAgent.Uplink.Lanes;
using EdgeEnforcement.EdgeAgent.Uplink.Mqtt;
using EdgeEnforcement.EdgeAgent.Uplink.Upload;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink;

internal static class UplinkModule
{
    public static IServiceCollection AddUplink(this IServiceCollection services)
    {
        services.AddOptions<UplinkOptions>().BindConfiguration(UplinkOptions.Section).ValidateOnStart();
        services.AddOptions<UploadOptions>().BindConfiguration(UploadOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<UplinkOptions>, UplinkOptionsValidator>();
        services.AddSingleton<IValidateOptions<UplinkOptions>, AgentOptionsRules>();
        services.AddSingleton<IValidateOptions<UploadOptions>, UploadOptionsValidator>();
        services.AddSingleton<CentreChannel>();
        services.AddSingleton<OriginCheck>();
        services.AddSingleton<LostAnswers>();
        services.AddSingleton<OriginChange.Context>();
        services.AddSingleton<OriginChange>();
        services.AddSingleton<IAgentLoop>(s => s.GetRequiredService<OriginChange>());
        services.AddSingleton<Registration>();
        services.AddSingleton<RefusedRecords>();
        services.AddSingleton<AnswerDesk.Context>();
        services.AddSingleton<AnswerDesk>();
        services.AddSingleton<LaneSession.Context>();
        services.AddSingleton<LaneSession>();
        services.AddOptions<MqttUplinkOptions>().BindConfiguration(MqttUplinkOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MqttUplinkOptions>, MqttUplinkOptionsValidator>();
        services.AddSingleton<GrpcReport>();
        services.AddSingleton<MqttReport>();
        services.AddSingleton<ReportWays>();
        services.AddSingleton<EpochStep>();
        services.AddSingleton<UplinkPump.Context>();
        services.AddSingleton<IAgentLoop, UplinkPump>();
        services.AddSingleton<CheckpointStep>();
        services.AddSingleton<SpoolCleaner.Context>();
        services.AddSingleton<IAgentLoop, SpoolCleaner>();
        services.AddSingleton<ProofPump.Context>();
        services.AddSingleton<IAgentLoop, ProofPump>();
        services.AddSingleton<UploadSession>();
        services.AddSingleton<UploadPump.Context>();
        services.AddSingleton<IAgentLoop, UploadPump>();
        return services;
    }
}
