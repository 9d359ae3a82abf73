namespace Disguise.Actors.Islands;

/// <summary>Which worker runs which islands: the heaviest first, each to the lightest worker.
/// </summary>
internal static class Placement
{
    public static Worker[] Place(
        Island[] islands, long[] weights, int workerCount, ulong? shuffleSeed)
    {
        var order = new int[islands.Length];
        for (var index = 0; index < order.Length; index++)
            order[index] = index;
        Array.Sort(order, (left, right) => weights[left] != weights[right]
            ? weights[right].CompareTo(weights[left])
            : left.CompareTo(right));
        var loads = new long[workerCount];
        var shares = new List<Island>[workerCount];
        for (var worker = 0; worker < workerCount; worker++)
            shares[worker] = [];
        foreach (var index in order)
        {
            var lightest = 0;
            for (var worker = 1; worker < workerCount; worker++)
            {
                if (loads[worker] < loads[lightest])
                    lightest = worker;
            }

            loads[lightest] += weights[index];
            shares[lightest].Add(islands[index]);
        }

        var workers = new Worker[workerCount];
        for (var worker = 0; worker < workerCount; worker++)
            workers[worker] = new Worker(worker, [.. shares[worker]], workerCount, shuffleSeed);
        return workers;
    }
}
