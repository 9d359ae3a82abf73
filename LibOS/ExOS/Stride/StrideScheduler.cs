namespace Disguise.LibOS.ExOS.Stride;

/// <summary>
/// Stride scheduling (Waldspurger and Weihl, MIT/LCS/TM-528, 1995), written as a library as in E95
/// section 7.3: who has the most tickets has the smallest stride, and of those that are in the
/// row the one that has come the shortest way is next and makes one stride. Over any time each
/// gets its share to within one turn. At equal distances the one that joined first is next.
/// </summary>
public sealed class StrideScheduler
{
    /// <summary>The stride of who has one ticket.</summary>
    public const long OneTicketStride = 1L << 20;

    /// <summary>Most clients.</summary>
    public const int ClientLimit = 1024;

    private readonly List<Client> clients = [];

    /// <summary>Clients in the row.</summary>
    public int Count => clients.Count;

    /// <summary>Adds a client, at the place of who is next: nothing is made up for.</summary>
    public void Add(int environment, int tickets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tickets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tickets, OneTicketStride);
        if (clients.Count == ClientLimit || IndexOf(environment) >= 0)
            throw new InvalidOperationException($"environment {environment} cannot be added");
        var pass = clients.Count == 0 ? 0 : clients[Next()].Pass;
        clients.Add(new Client(environment, OneTicketStride / tickets, pass));
    }

    /// <summary>Takes a client out. False where it was none.</summary>
    public bool Remove(int environment)
    {
        var index = IndexOf(environment);
        if (index >= 0)
            clients.RemoveAt(index);
        return index >= 0;
    }

    /// <summary>Whose turn it is; there must be somebody.</summary>
    public int Select()
    {
        if (clients.Count == 0)
            throw new InvalidOperationException("nobody is there to choose from");
        var index = Next();
        var client = clients[index];
        clients[index] = client with { Pass = client.Pass + client.Stride };
        return client.Environment;
    }

    private int Next()
    {
        var least = 0;
        for (var index = 1; index < clients.Count; index++)
        {
            if (clients[index].Pass < clients[least].Pass)
                least = index;
        }

        return least;
    }

    private int IndexOf(int environment) =>
        clients.FindIndex(client => client.Environment == environment);

    private readonly record struct Client(int Environment, long Stride, long Pass);
}
