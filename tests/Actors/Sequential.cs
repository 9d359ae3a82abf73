// Many tests run emulations on two threads whose barriers spin; side by side on few cores they
// would wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
