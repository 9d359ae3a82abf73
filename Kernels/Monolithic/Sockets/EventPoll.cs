using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.SystemCalls;

namespace Disguise.Kernels.Monolithic.Sockets;

/// <summary>
/// A set of sockets that a process waits for at once (epoll(7), level-triggered): those that may
/// be ready stand in a list, and are looked at when the process asks.
/// </summary>
internal sealed class EventPoll
{
    /// <summary>Most sockets of a set.</summary>
    public const int Limit = 1_024;

    private readonly List<Interest> interests = [];
    private readonly List<Interest> ready = [];

    /// <summary>The task that sleeps until one of them is ready.</summary>
    public ProcessTask? Waiter { get; set; }

    /// <summary>Whether some socket may be ready.</summary>
    public bool MayBeReady => ready.Count > 0;

    /// <summary>Adds a socket.</summary>
    public ErrorNumber Add(Socket socket, PolledEvent asked)
    {
        if (socket.Poll is not null)
            return ReferenceEquals(socket.Poll, this) ? ErrorNumber.Exists : ErrorNumber.Busy;
        if (interests.Count == Limit)
            return ErrorNumber.NoBuffers;
        interests.Add(new Interest(socket, asked));
        socket.Poll = this;
        if (IsReady(socket))
            Notify(socket);
        return ErrorNumber.None;
    }

    /// <summary>Changes what is asked of a socket.</summary>
    public ErrorNumber Modify(Socket socket, PolledEvent asked)
    {
        if (Find(socket) is not { } interest)
            return ErrorNumber.NoEntry;
        interest.Asked = asked;
        if (IsReady(socket))
            Notify(socket);
        return ErrorNumber.None;
    }

    /// <summary>Takes a socket out.</summary>
    public ErrorNumber Remove(Socket socket)
    {
        if (Find(socket) is not { } interest)
            return ErrorNumber.NoEntry;
        interests.Remove(interest);
        ready.Remove(interest);
        socket.Poll = null;
        return ErrorNumber.None;
    }

    /// <summary>A socket of the set may be ready now.</summary>
    public void Notify(Socket socket)
    {
        if (Find(socket) is not { IsListed: false } interest)
            return;
        interest.IsListed = true;
        ready.Add(interest);
    }

    /// <summary>
    /// Writes down the sockets that are ready; who still is goes to the end of the list, so that
    /// none is passed over. Returns how many.
    /// </summary>
    public int Collect(Span<PolledEvent> events)
    {
        var count = 0;
        for (var left = ready.Count; left > 0 && count < events.Length; left--)
        {
            var interest = ready[0];
            ready.RemoveAt(0);
            interest.IsListed = false;
            var happened = EventsOf(interest.Socket)
                & (interest.Asked.Events | PolledEvent.HungUp);
            if (happened == 0)
                continue;
            events[count++] = interest.Asked with { Events = happened };
            interest.IsListed = true;
            ready.Add(interest);
        }

        return count;
    }

    /// <summary>The process closes the set.</summary>
    public void Close()
    {
        foreach (var interest in interests)
            interest.Socket.Poll = null;
        interests.Clear();
        ready.Clear();
    }

    private static bool IsReady(Socket socket) => EventsOf(socket) != 0;

    private static uint EventsOf(Socket socket) =>
        (socket.Buffer.Count > 0 ? PolledEvent.Readable : 0)
        | (socket.Network.IsDown ? PolledEvent.HungUp : 0);

    private Interest? Find(Socket socket)
    {
        foreach (var interest in interests)
        {
            if (ReferenceEquals(interest.Socket, socket))
                return interest;
        }

        return null;
    }

    private sealed class Interest(Socket socket, PolledEvent asked)
    {
        public Socket Socket { get; } = socket;

        public PolledEvent Asked { get; set; } = asked;

        public bool IsListed { get; set; }
    }
}
