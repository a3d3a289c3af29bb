draw();
const db = "postgres://app:Wq8rT2zLp9xV@db.shop.internal/shop";
