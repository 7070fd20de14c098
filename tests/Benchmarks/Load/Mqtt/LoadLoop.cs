namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>One thread and the connections that are its own.</summary>
internal sealed class LoadLoop : IDisposable
{
    // A server that says nothing for so long has lost something.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Open loop: how often the clock is looked at. What is due in between leaves together and carries the moment it was due.
    private static readonly TimeSpan Tick = TimeSpan.FromMicroseconds(100);

    private readonly MqttLoadOptions _options;
    private readonly List<LoadConnection> _connections = [];
    private readonly Epoll _epoll;
    private bool[] _waits = [];

    public LoadLoop(MqttLoadOptions options)
    {
        _options = options;
        _epoll = new Epoll(Math.Min(4096, options.Connections + options.Subscribers));
    }

    public LatencyHistogram Latencies { get; } = new();

    public LatencyHistogram Ages { get; } = new();

    public IEnumerable<LoadPublisher> Publishers => _connections.OfType<LoadPublisher>();

    public IEnumerable<LoadSubscriber> Subscribers => _connections.OfType<LoadSubscriber>();

    public void AddPublisher(int number, ILoadMessages messages) => Add(new LoadPublisher(_options, number, messages, Latencies));

    public void AddSubscriber(int number) => Add(new LoadSubscriber(_options, number, Ages));

    /// <summary>Runs on the calling thread until every connection is done.</summary>
    public void Run()
    {
        var left = _connections.Count(connection => !connection.IsDone);
        SendAll();
        var lastEvent = Now();
        while (left > 0)
        {
            var count = _epoll.Wait(_options.Rate > 0 ? Tick : Patience);
            if (count == 0 && Now() - lastEvent > Patience.TotalNanoseconds)
                throw new InvalidOperationException($"nothing came for {Patience.TotalSeconds} s; {left} connections are not done");
            for (var i = 0; i < count; i++)
            {
                var token = _epoll.Token(i);
                var wasDone = _connections[token].IsDone;
                _connections[token].Receive(lastEvent = Now());
                if (!wasDone && _connections[token].IsDone)
                    left--;
                Send(token);
            }
            if (_options.Rate > 0)
                SendAll();
        }
    }

    /// <summary>Forgets what was measured; the connections stay.</summary>
    public void Clear()
    {
        Latencies.Clear();
        Ages.Clear();
    }

    public static long Now() => TimeProvider.System.GetTimestamp();

    public void Dispose()
    {
        _connections.ForEach(connection => connection.Dispose());
        _epoll.Dispose();
    }

    private void Add(LoadConnection connection)
    {
        connection.EnterLoop();
        _epoll.Watch(connection.Socket, _connections.Count);
        _connections.Add(connection);
        Array.Resize(ref _waits, _connections.Count);
    }

    private void SendAll()
    {
        for (var token = 0; token < _connections.Count; token++)
            Send(token);
    }

    private void Send(int token)
    {
        var connection = _connections[token];
        connection.Send(Now());
        if (connection.WaitsForRoom == _waits[token])
            return;
        _waits[token] = connection.WaitsForRoom;
        _epoll.Change(connection.Socket, connection.WaitsForRoom ? Epoll.Readable | Epoll.Writable : Epoll.Readable, token);
    }
}
