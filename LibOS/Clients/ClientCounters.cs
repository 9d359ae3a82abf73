namespace Disguise.LibOS.Clients;

/// <summary>
/// What became of a client's requests: sent = received + lost + outstanding, at any time.
/// </summary>
public struct ClientCounters
{
    /// <summary>Requests sent.</summary>
    public long Sent { get; set; }

    /// <summary>Requests answered, wrongly or not.</summary>
    public long Received { get; set; }

    /// <summary>Requests whose reply did not come in time.</summary>
    public long Lost { get; set; }

    /// <summary>Replies with other bytes than were sent; counted as received too.</summary>
    public long Wrong { get; set; }

    /// <summary>Replies to no request that is outstanding: late, or twice.</summary>
    public long Unexpected { get; set; }

    /// <summary>Requests that have neither been answered nor lost.</summary>
    public readonly long Outstanding => Sent - Received - Lost;

    /// <summary>Of those received, those in the measured interval.</summary>
    public long MeasuredReceived { get; set; }

    /// <summary>Of those lost, those in the measured interval.</summary>
    public long MeasuredLost { get; set; }

    /// <summary>Adds another client's counts to these.</summary>
    public void Add(in ClientCounters other)
    {
        Sent += other.Sent;
        Received += other.Received;
        Lost += other.Lost;
        Wrong += other.Wrong;
        Unexpected += other.Unexpected;
        MeasuredReceived += other.MeasuredReceived;
        MeasuredLost += other.MeasuredLost;
    }
}
