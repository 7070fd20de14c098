using System.Diagnostics;
using System.Globalization;
using EdgeEnforcement.Testing.Servers;

namespace EdgeEnforcement.Mqtt.Tests.Client.Foreign;

/// <summary>Debian: rabbitmq-server with its plugin rabbitmq_mqtt. 3.1.1, QoS 0 and 1. It takes many seconds to start: one for all its tests.</summary>
internal sealed class RabbitMq : ForeignServer
{
    private const string Scripts = "/usr/lib/rabbitmq/bin/";

    private string _epmd = "";

    protected override ProcessStartInfo Prepare()
    {
        var (amqp, distribution, epmd) = (FreePort(), FreePort(), FreePort());
        _epmd = epmd.ToString(CultureInfo.InvariantCulture);
        File.WriteAllLines(Path.Combine(Folder, "rabbitmq.conf"),
        [
            $"listeners.tcp.1 = 127.0.0.1:{amqp}", $"mqtt.listeners.tcp.1 = 127.0.0.1:{Port}", "mqtt.allow_anonymous = true", "log.file.level = warning",
            "disk_free_limit.absolute = 50MB",
        ]);
        File.WriteAllText(Path.Combine(Folder, "enabled_plugins"), "[rabbitmq_mqtt].");
        var start = Quiet(Scripts + "rabbitmq-server");
        foreach (var (name, value) in new Dictionary<string, string>
        {
            // A node name, a cookie and a port mapper of its own: another node on this machine is none of ours.
            ["HOME"] = Folder, ["RABBITMQ_NODENAME"] = $"test{distribution}@localhost", ["RABBITMQ_CONFIG_FILE"] = Folder + "/rabbitmq",
            ["RABBITMQ_MNESIA_BASE"] = Folder + "/mnesia", ["RABBITMQ_LOG_BASE"] = Folder + "/log", ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Folder + "/enabled_plugins",
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = Folder + "/gen", ["RABBITMQ_SCHEMA_DIR"] = Folder + "/schema", ["RABBITMQ_PID_FILE"] = Folder + "/pid",
            ["RABBITMQ_NODE_PORT"] = $"{amqp}", ["RABBITMQ_DIST_PORT"] = $"{distribution}", ["ERL_EPMD_PORT"] = _epmd, ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null", ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
        })
            start.Environment[name] = value;
        return start;
    }

    /// The port mapper daemon outlives its node.
    protected override void EndHelpers()
    {
        if (_epmd.Length == 0)
            return;
        var start = Quiet("epmd", "-kill");
        start.Environment["ERL_EPMD_PORT"] = _epmd;
        using var ending = Process.Start(start);
        ending?.WaitForExit();
    }
}
