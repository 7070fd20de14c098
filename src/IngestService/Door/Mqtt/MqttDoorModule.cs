using System.Net;
using System.Security.Cryptography.X509Certificates;
using EdgeEnforcement.IngestService.Diagnostics;
using EdgeEnforcement.IngestService.Door.Presence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.Mqtt.Server;
using EdgeEnforcement.Mqtt.Sessions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

internal static class MqttDoorModule
{
    /// <summary>Needs the ledger's faces, the fleet projection's, and <c>AddDoor</c>.</summary>
    public static IServiceCollection AddMqttDoor(this IServiceCollection services)
    {
        services.AddOptions<MqttDoorOptions>().BindConfiguration(MqttDoorOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<MqttDoorOptions>, MqttDoorOptionsRule>();
        services.AddOptions<MqttServerOptions>().BindConfiguration(MqttServerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<BrokerOptions>().BindConfiguration(BrokerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(s => AccessRulesFile.Read(s.GetRequiredService<IOptions<MqttDoorOptions>>().Value.AccessFile, out _)); // its faults were reported with the options
        services.AddSingleton<BrokerFace>();
        services.AddSingleton<IBroker>(s => s.GetRequiredService<BrokerFace>());
        services.AddSingleton<BrokerMetrics>();
        services.AddSingleton<MqttServerMetrics>();
        services.AddSingleton<IMqttAccess, DoorAccess>();
        services.AddSingleton<RememberedMarks>();
        services.AddSingleton<DownWriter>();
        services.AddSingleton<DeviceIntakeParts>();
        services.AddSingleton<IPublishIntake, DeviceIntake>();
        services.AddSingleton<MqttServerFaces>();
        services.AddSingleton<MqttServer>();
        services.AddSingleton<AlertFeed>();
        services.AddSingleton<ReceivedRestore>();
        services.AddSingleton<BookmarkPump>();
        services.AddPresence();
        services.AddSingleton<MqttDoorStore>();
        services.AddSingleton<MqttDoorParts>();
        services.AddSingleton<IStartupStep, MqttDoorStep>();
        services.AddSingleton<IHealthProbe, MqttHealthProbe>();
        return services;
    }

    /// <summary>After the other doors' sockets: TCP, and TLS if it is configured.</summary>
    public static void ListenForMqtt(this KestrelServerOptions kestrel, MqttDoorOptions options)
    {
        if (!IPAddress.TryParse(options.Address, out var address))
            return; // named beside the other faults before anything listens
        kestrel.Listen(address, options.Port, Serve);
        if (options.TlsPort is not { } tlsPort || !File.Exists(options.CertificateFile) || !File.Exists(options.KeyFile))
            return;
        kestrel.Listen(address, tlsPort, listener =>
        {
            listener.UseHttps(https =>
            {
                https.ServerCertificate = X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
                // Whether one is needed is the rules' affair, which also say which.
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = (_, _, _) => true;
            });
            Serve(listener);
        });
    }

    private static void Serve(ListenOptions listener) =>
        listener.Run(connection => listener.ApplicationServices.GetRequiredService<MqttServer>().OnConnectedAsync(connection));
}
